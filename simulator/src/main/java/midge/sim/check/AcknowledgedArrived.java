package midge.sim.check;

/** The gateway acknowledges only what the broker has. */
public final class AcknowledgedArrived extends Checker {
    @Override
    public String promise() {
        return "a reading of QoS 1 or 2 that its device counts as delivered has reached the broker";
    }

    @Override
    public void onOutcome(Reading reading) {
        if (reading.qos() > 0 && reading.state() == Reading.State.DELIVERED && reading.arrivals() == 0) {
            throw broken(reading + " was acknowledged, and the broker never saw it");
        }
    }
}

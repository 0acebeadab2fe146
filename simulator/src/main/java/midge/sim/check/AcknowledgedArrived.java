package midge.sim.check;

/**
 * The gateway acknowledges only what the broker has. An exchange of QoS 2 that was open when a gateway without a disk crashed is not
 * promised: the broker may wait for a PUBREL that nobody knows of any more.
 */
public final class AcknowledgedArrived extends Checker {
    @Override
    public String promise() {
        return "a reading of QoS 1 or 2 that its device counts as delivered has reached the broker";
    }

    @Override
    public void onOutcome(Reading reading) {
        boolean promised =
                reading.qos() == 1 || (reading.qos() == 2 && !reading.device().gatewayCrashed());
        if (promised && reading.state() == Reading.State.DELIVERED && reading.arrivals() == 0) {
            throw broken(reading + " was acknowledged, and the broker never saw it");
        }
    }
}

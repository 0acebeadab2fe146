package midge.sim.check;

/** No reading is forgotten by anyone who did not lose power. */
public final class OutboxDrained extends Checker {
    @Override
    public String promise() {
        return "outboxes are bounded, and every reading in them comes to its end";
    }

    @Override
    public void onSecond(WorldFacts world) {
        for (DeviceFacts device : world.devices()) {
            if (device.waiting() > device.outboxCapacity()) {
                throw broken(device + " holds " + device.waiting() + " readings, more than " + device.outboxCapacity());
            }
        }
    }

    @Override
    public void atEnd(WorldFacts world) {
        for (Reading reading : world.readings()) {
            if (reading.state() == Reading.State.OPEN) {
                throw broken(reading + " is still on its way");
            }
        }
    }
}

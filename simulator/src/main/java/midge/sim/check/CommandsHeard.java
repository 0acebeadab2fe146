package midge.sim.check;

/** What the broker keeps for a session reaches the device in the end. */
public final class CommandsHeard extends Checker {
    @Override
    public String promise() {
        return "a device with a kept session hears every command of QoS 1 and 2";
    }

    @Override
    public void atEnd(WorldFacts world) {
        for (Command command : world.commands()) {
            if (command.qos() > 0
                    && command.timesHeard() == 0
                    && !command.device().clean()) {
                throw broken(command + " was never heard");
            }
        }
    }
}

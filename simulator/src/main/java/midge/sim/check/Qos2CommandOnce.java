package midge.sim.check;

import org.jspecify.annotations.Nullable;

/** QoS 2 downwards: never twice, unless the device lost its memory or counted its connection as lost. */
public final class Qos2CommandOnce extends Checker {
    @Override
    public String promise() {
        return "a device's application hears a command of QoS 2 at most once";
    }

    @Override
    public void onHeard(DeviceFacts device, String topic, String payload, @Nullable Command command) {
        if (command != null && command.qos() == 2 && command.timesHeard() > 1 && isPromised(device)) {
            throw broken(command + " was heard " + command.timesHeard() + " times");
        }
    }

    private boolean isPromised(DeviceFacts device) {
        return device.crashes() == 0 && device.losses() == 0;
    }
}

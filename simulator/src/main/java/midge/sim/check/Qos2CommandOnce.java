package midge.sim.check;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * QoS 2 downwards: never twice, unless the device lost its memory or counted its connection as lost, or its gateway crashed: that comes
 * twice in about one world of ten thousand, such as that of seed 1007197.
 */
public final class Qos2CommandOnce extends Checker {
    private final Set<DeviceFacts> excused = new HashSet<>();

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
        return device.crashes() == 0 && device.losses() == 0 && !excused.contains(device);
    }

    @Override
    public void onGatewayCrash(DeviceFacts device) {
        excused.add(device);
    }
}

package midge.sim.check;

import java.util.HashMap;
import java.util.Map;

/** After the faults have ended everyone finds back by itself, soon, and nobody is away for long again. */
public final class BackInTime extends Checker {
    private final long limitMs;
    private final Map<DeviceFacts, Long> lastConnectedMs = new HashMap<>();

    /**
     * @param limitMs from the last fault until all have been connected
     */
    public BackInTime(long limitMs) {
        this.limitMs = limitMs;
    }

    @Override
    public String promise() {
        return "once the faults have ended, no device is without its connection for " + limitMs / 1_000 + " s";
    }

    @Override
    public void onSecond(WorldFacts world) {
        if (world.healedMs() == Long.MAX_VALUE) {
            return;
        }
        for (DeviceFacts device : world.devices()) {
            long lastMs = lastConnectedMs.getOrDefault(device, world.healedMs());
            if (device.connected()) {
                lastConnectedMs.put(device, world.nowMs());
            } else if (world.nowMs() > lastMs + limitMs) {
                throw broken(device + " has not been connected since " + lastMs + " ms");
            }
        }
    }
}

package midge.sim.live;

import midge.sim.device.VirtualChip;
import midge.sim.scenario.ScenarioDevice;

/** One thing that a board's chips feel. It follows its signal until a hand takes it, and again when the hand lets go. */
public final class Dial {
    private final ScenarioDevice device;
    private final String name;
    private final double scale;
    private final double min;
    private final double max;
    private final String unit;

    private Dial(ScenarioDevice device, String name, double min, double max, String unit) {
        this.device = device;
        this.name = name;
        this.min = min;
        this.max = max;
        this.unit = unit;
        scale = VirtualChip.scale(name);
    }

    /** {@return the dial of a quantity, as far as usual chips of it reach} */
    static Dial of(ScenarioDevice device, String quantity) {
        return switch (quantity) {
            case "temperature" -> new Dial(device, quantity, -40, 85, "°C");
            case "pressure" -> new Dial(device, quantity, 90_000, 110_000, "Pa");
            case "humidity" -> new Dial(device, quantity, 0, 100, "%");
            case "illuminance" -> new Dial(device, quantity, 0, 50_000, "lx");
            case "voltage" -> new Dial(device, quantity, 0, 5, "V");
            case "current" -> new Dial(device, quantity, 0, 3, "A");
            case "distance" -> new Dial(device, quantity, 0, 4, "m");
            default -> throw new IllegalArgumentException("nothing turns " + quantity);
        };
    }

    /**
     * Takes the dial by hand.
     *
     * @param value in {@link #unit}; what is beyond the range becomes its end
     */
    public void set(double value) {
        device.hold(name, clamped(value));
    }

    private double clamped(double value) {
        return Math.max(min, Math.min(max, value));
    }

    /** Leaves it to its signal. */
    public void release() {
        device.release(name);
    }

    /** {@return whether a hand, or an event of the scenario, holds it} */
    public boolean isHeld() {
        return device.isHeld(name);
    }

    /** {@return its name, which is also the last level of its topic} */
    public String name() {
        return name;
    }

    /** {@return what the numbers here mean} */
    public String unit() {
        return unit;
    }

    /** {@return the value now, in {@link #unit}} */
    public double value() {
        return device.felt(name) / scale;
    }

    /** {@return the least value} */
    public double min() {
        return min;
    }

    /** {@return the greatest value} */
    public double max() {
        return max;
    }
}

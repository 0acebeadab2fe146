package midge.sim.live;

import java.util.function.IntConsumer;
import midge.sim.signal.Signal;
import org.jspecify.annotations.Nullable;

/** One thing that a board's chips feel. It follows the weather until a hand takes it, and again when the hand lets go. */
public final class Dial {
    private final String name;
    private final String unit;
    private final int scale;
    private final int min;
    private final int max;
    private final Signal weather;
    private final IntConsumer feel;
    private @Nullable Integer hand;
    private int value;

    /**
     * @param scale how many of the chip's integers make one unit
     * @param min   the least value, in the chip's integers, as {@code max}
     * @param feel  gives a value to the chip
     */
    Dial(String name, String unit, int scale, int min, int max, Signal weather, IntConsumer feel) {
        this.name = name;
        this.unit = unit;
        this.scale = scale;
        this.min = min;
        this.max = max;
        this.weather = weather;
        this.feel = feel;
    }

    void blow(long nowMs) {
        int now = weather.at(nowMs);
        Integer held = hand;
        value = held == null ? Math.max(min, Math.min(max, now)) : held;
        feel.accept(value);
    }

    /**
     * Takes the dial by hand.
     *
     * @param units the value, in {@link #unit}; what is beyond the range becomes its end
     */
    public void set(double units) {
        value = (int) Math.round(Math.max(min, Math.min(max, units * scale)));
        hand = value;
        feel.accept(value);
    }

    /** Leaves it to the weather. */
    public void release() {
        hand = null;
    }

    /** {@return whether a hand holds it} */
    public boolean isHeld() {
        return hand != null;
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
        return (double) value / scale;
    }

    /** {@return the least value} */
    public double min() {
        return (double) min / scale;
    }

    /** {@return the greatest value} */
    public double max() {
        return (double) max / scale;
    }
}

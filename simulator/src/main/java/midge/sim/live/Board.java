package midge.sim.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import midge.sim.device.SimDevice;

/** A virtual board as a person sees it: a device, with what can be turned and pressed, and what shines or clicks on it. */
public final class Board {
    /**
     * Something that the device switches.
     *
     * @param name  last level of its topic
     * @param kind  {@code relay} or {@code led}
     * @param topic takes {@code on}, {@code off} and {@code toggle}
     * @param on    its state now
     */
    public record Switch(String name, String kind, String topic, BooleanSupplier on) {}

    /**
     * Something to press.
     *
     * @param name what it does
     * @param press does it, on the world's thread
     */
    public record Button(String name, Runnable press) {}

    private final SimDevice device;
    private final String chips;
    private final List<Dial> dials = new ArrayList<>();
    private final List<Button> buttons = new ArrayList<>();
    private final List<Switch> switches = new ArrayList<>();

    Board(SimDevice device, String chips) {
        this.device = device;
        this.chips = chips;
    }

    void add(Dial dial) {
        dials.add(dial);
    }

    void add(Button button) {
        buttons.add(button);
    }

    void add(Switch output) {
        switches.add(output);
    }

    /** {@return the device} */
    public SimDevice device() {
        return device;
    }

    /** {@return names of the chips on it} */
    public String chips() {
        return chips;
    }

    /** {@return what its chips feel} */
    public List<Dial> dials() {
        return dials;
    }

    /** {@return what can be pressed} */
    public List<Button> buttons() {
        return buttons;
    }

    /** {@return what it switches} */
    public List<Switch> switches() {
        return switches;
    }
}

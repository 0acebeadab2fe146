package midge.sim.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import midge.sim.device.SimDevice;
import midge.sim.scenario.ScenarioDevice;

/** A virtual board as a person sees it: a device, with what can be turned and pressed, and what shines or clicks on it. */
public final class Board {
    private static final String MOTION = "motion";
    private static final List<String> LIGHTS = List.of("lamp", "led", "light");

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
    private final int batteryMah;
    private final List<Dial> dials = new ArrayList<>();
    private final List<Button> buttons = new ArrayList<>();
    private final List<Switch> switches = new ArrayList<>();

    Board(ScenarioDevice of) {
        device = of.device();
        batteryMah = of.spec().batteryMah();
        List<String> names = new ArrayList<>();
        of.spec().sensors().forEach(sensor -> names.add(sensor.chip().toUpperCase(Locale.ROOT)));
        for (String quantity : of.quantities()) {
            if (quantity.equals(MOTION)) {
                buttons.add(new Button(MOTION, () -> of.stir(MOTION, 1)));
            } else {
                dials.add(Dial.of(of, quantity));
            }
        }
        for (ScenarioDevice.Output output : of.outputs()) {
            String kind = LIGHTS.stream().anyMatch(output.name()::startsWith) ? "led" : "relay";
            String topic = "midge/" + device.name() + "/" + output.name() + "/set";
            switches.add(new Switch(output.name(), kind, topic, output.relay()::closed));
            names.add(kind.equals("led") ? "LED" : kind);
        }
        chips = String.join(", ", names);
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

    /** {@return what its battery holds} */
    public int batteryMah() {
        return batteryMah;
    }
}

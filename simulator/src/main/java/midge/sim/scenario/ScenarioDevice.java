package midge.sim.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import midge.sensors.relay.Relay;
import midge.sensors.relay.RelayModel;
import midge.sim.World;
import midge.sim.device.DeviceOptions;
import midge.sim.device.Ledger;
import midge.sim.device.SimDevice;
import midge.sim.device.VirtualChip;
import midge.sim.net.SimNetwork;
import midge.sim.scenario.Scenario.DeviceSpec;
import midge.sim.scenario.Scenario.SensorSpec;
import midge.sim.scenario.Scenario.SignalSpec;
import midge.sim.signal.Signal;

/** A device of a scenario with its chips and what they feel. */
public final class ScenarioDevice {
    /**
     * An output of the device that takes commands.
     *
     * @param name last level of its topic
     */
    public record Output(String name, RelayModel relay) {}

    /** For a message on flash, and as many stale ones. */
    private static final int FLASH_MESSAGE = 100;

    private static final int FLASH_OCTETS = 1_024;

    private final DeviceSpec spec;
    private final World world;
    private final SimDevice device;
    private final List<VirtualChip> chips = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Map<String, Signal> signals = new HashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private record Felt(String quantity, Signal signal, IntConsumer input) {}

    ScenarioDevice(
            DeviceSpec spec,
            World world,
            SimNetwork network,
            int gatewayNode,
            Ledger ledger,
            Surroundings surroundings) {
        this.spec = spec;
        this.world = world;
        DeviceOptions options = new DeviceOptions()
                .retry(spec.retryMs(), spec.retryLimit())
                .keepAliveS(spec.keepAliveS())
                .cleanSession(spec.cleanSession())
                .outboxMessages(spec.outboxMessages())
                .flashOctets(spec.flash() ? FLASH_OCTETS + FLASH_MESSAGE * spec.outboxMessages() : 0)
                .driftPpm(spec.driftPpm());
        device = new SimDevice(spec.name(), options, world, network, gatewayNode, ledger);
        network.map().place(device.node(), spec.xM(), spec.yM());
        for (SensorSpec sensor : spec.sensors()) {
            for (Map.Entry<String, SignalSpec> entry : sensor.signals().entrySet()) {
                signals.computeIfAbsent(
                        entry.getKey(), q -> entry.getValue().maker().in(surroundings, spec.name() + "/" + q));
            }
            add(sensor);
        }
        for (String actuator : spec.actuators()) {
            RelayModel relay = new RelayModel(false);
            Output output = new Output(named(actuator, "relay"), relay);
            outputs.add(output);
            device.obeys(new Relay(relay), output.name(), 1, () -> relay.closed() ? 1 : 0);
        }
        if (spec.sleepS() > 0) {
            device.sleeps(spec.sleepS());
        }
    }

    private void add(SensorSpec sensor) {
        VirtualChip chip = VirtualChip.make(sensor.chip(), device.clock(), chips.size());
        chips.add(chip);
        List<String> values =
                chip.values().stream().map(value -> named(value, sensor.chip())).toList();
        List<Felt> felt = new ArrayList<>();
        chip.inputs().forEach((quantity, input) -> {
            Signal signal = signals.get(quantity);
            if (signal != null) {
                felt.add(new Felt(quantity, signal, input));
            }
        });
        FeelingSensor feeling = new FeelingSensor(chip.sensor(), () -> felt.forEach(this::feel));
        device.senses(feeling, sensor.everyMs(), sensor.heartbeatMs(), sensor.qos(), values, chip.held());
    }

    /** Two sensors of one kind publish on two topics. */
    private String named(String value, String chip) {
        String name = value;
        for (int i = 1; !names.add(name); i++) {
            name = value + "-" + chip + (i == 1 ? "" : "-" + i);
        }
        return name;
    }

    void begin() {
        device.start(world.nowMs() + spec.startMs());
    }

    private void feel(Felt felt) {
        Integer fixed = held.get(felt.quantity());
        felt.input().accept(fixed == null ? felt.signal().at(world.nowMs()) : fixed);
    }

    /** {@return what its chips feel, in the order of their values} */
    public List<String> quantities() {
        return chips.stream()
                .flatMap(chip -> Stream.concat(
                        chip.values().stream().filter(chip.inputs()::containsKey), chip.inputs().keySet().stream()))
                .distinct()
                .toList();
    }

    /** {@return what its chips feel of a quantity now, in the chip's integers} */
    public int felt(String quantity) {
        Integer fixed = held.get(quantity);
        if (fixed != null) {
            return fixed;
        }
        Signal signal = signals.get(quantity);
        if (signal != null) {
            return signal.at(world.nowMs());
        }
        for (VirtualChip chip : chips) {
            int value = chip.values().indexOf(quantity);
            if (value >= 0) {
                return chip.held().get(value).getAsInt();
            }
        }
        return 0;
    }

    /** {@return whether a quantity is held, whatever its signal says} */
    public boolean isHeld(String quantity) {
        return held.containsKey(quantity);
    }

    /** Lets every chip feel this once. */
    public void stir(String quantity, int raw) {
        chips.stream()
                .map(chip -> chip.inputs().get(quantity))
                .filter(Objects::nonNull)
                .forEach(input -> input.accept(raw));
    }

    /** Lets every chip feel a value, whatever its signal says, until {@link #release}. */
    public void hold(String quantity, double value) {
        int raw = (int) Math.round(value * VirtualChip.scale(quantity));
        held.put(quantity, raw);
        stir(quantity, raw);
    }

    /** Leaves a quantity to its signal again. */
    public void release(String quantity) {
        held.remove(quantity);
    }

    void absent(boolean absent) {
        chips.forEach(chip -> chip.absent().set(absent));
    }

    /** {@return what it switches} */
    public List<Output> outputs() {
        return List.copyOf(outputs);
    }

    /** {@return the device} */
    public SimDevice device() {
        return device;
    }

    /** {@return what the scenario says of it} */
    public DeviceSpec spec() {
        return spec;
    }
}

package midge.sim.live;

import java.util.ArrayList;
import java.util.List;
import midge.sensors.bh1750.Bh1750;
import midge.sensors.bh1750.Bh1750Commands;
import midge.sensors.bh1750.Bh1750Model;
import midge.sensors.bme280.Bme280;
import midge.sensors.bme280.Bme280Model;
import midge.sensors.bme280.Bme280Registers;
import midge.sensors.ds18b20.Ds18b20;
import midge.sensors.ds18b20.Ds18b20Model;
import midge.sensors.model.ModelI2cBus;
import midge.sensors.model.ModelOneWireBus;
import midge.sensors.pir.Pir;
import midge.sensors.pir.PirModel;
import midge.sensors.relay.Relay;
import midge.sensors.relay.RelayModel;
import midge.sim.World;
import midge.sim.device.Ledger;
import midge.sim.device.SimDevice;
import midge.sim.net.SimNetwork;
import midge.sim.signal.RandomWalk;
import midge.sim.signal.Signal;
import midge.wire.Prng;

/** The demo's devices, and the weather that their chips feel. */
final class Greenhouse {
    private static final int WEATHER_MS = 100;
    private static final int DAY_MS = 120_000;
    private static final int START_SPREAD_MS = 40;
    private static final int SLEEP_S = 5;

    private final World world;
    private final SimNetwork network;
    private final int gatewayNode;
    private final Ledger ledger;
    private final List<SimDevice> devices = new ArrayList<>();
    private final List<Runnable> weather = new ArrayList<>();
    private final List<String> commandTopics = new ArrayList<>();

    Greenhouse(World world, SimNetwork network, int gatewayNode, Ledger ledger) {
        this.world = world;
        this.network = network;
        this.gatewayNode = gatewayNode;
        this.ledger = ledger;
        addClimate("greenhouse", 24_000, 2_000);
        addClimate("attic", 18_000, 2_700);
        addLight();
        addMotion();
        addPump();
        addValve();
    }

    List<SimDevice> devices() {
        return devices;
    }

    List<String> commandTopics() {
        return commandTopics;
    }

    void start() {
        blow();
        long atMs = world.nowMs();
        for (SimDevice device : devices) {
            device.start(atMs);
            atMs += START_SPREAD_MS;
        }
    }

    private void blow() {
        weather.forEach(Runnable::run);
        world.after(WEATHER_MS, this::blow);
    }

    private SimDevice add(String name) {
        SimDevice device = new SimDevice(name, world, network, gatewayNode, ledger);
        devices.add(device);
        return device;
    }

    private Signal walk(String name, int start, int min, int max, int step) {
        return new RandomWalk(world.prng("weather/" + name), start, min, max, step, WEATHER_MS);
    }

    private void addClimate(String name, int milliCelsius, int periodMs) {
        SimDevice device = add(name);
        Bme280Model chip = new Bme280Model();
        ModelI2cBus bus = new ModelI2cBus(device.clock());
        bus.attach(Bme280Registers.ADDRESS, chip);
        Signal temperature = Signal.sine(milliCelsius, 3_000, DAY_MS).plus(walk(name + "/t", 0, -1_500, 1_500, 40));
        Signal pressure = walk(name + "/p", 100_900, 98_000, 103_000, 4);
        Signal humidity = walk(name + "/h", 45_000, 20_000, 90_000, 120);
        weather.add(() -> {
            chip.milliCelsius(temperature.at(world.nowMs()));
            chip.pascal(pressure.at(world.nowMs()));
            chip.milliPercent(humidity.at(world.nowMs()));
        });
        device.senses(
                new Bme280(bus, Bme280Registers.ADDRESS),
                periodMs,
                0,
                1,
                List.of("temperature", "pressure", "humidity"),
                List.of(chip::heldMilliCelsius, chip::heldPascal, chip::heldMilliPercent));
    }

    private void addLight() {
        SimDevice device = add("window");
        Bh1750Model chip = new Bh1750Model();
        ModelI2cBus bus = new ModelI2cBus(device.clock());
        bus.attach(Bh1750Commands.ADDRESS, chip);
        Signal light = Signal.sine(12_000_000, 9_000_000, DAY_MS).plus(walk("light", 0, -900_000, 900_000, 60_000));
        weather.add(() -> chip.milliLux(light.at(world.nowMs())));
        device.senses(
                new Bh1750(bus, Bh1750Commands.ADDRESS),
                1_500,
                0,
                0,
                List.of("illuminance"),
                List.of(chip::heldMilliLux));
    }

    private void addMotion() {
        SimDevice device = add("hall");
        PirModel chip = new PirModel(device.clock(), 1_500, 0);
        Prng prng = world.prng("weather/motion");
        weather.add(() -> {
            if (prng.below(60) == 0) {
                chip.move();
            }
        });
        device.senses(new Pir(chip, 0, Pir.DEBOUNCE_MS), 500, 8_000, 2, List.of("motion"), List.of(chip::heldMotion));
    }

    private void addPump() {
        SimDevice device = add("pump");
        RelayModel relay = new RelayModel(false);
        device.obeys(new Relay(relay), "relay", 1, () -> relay.closed() ? 1 : 0);
        commandTopics.add("midge/pump/relay/set");
        addProbe(device, 0x1111, 19_000, 3_000);
    }

    private void addValve() {
        SimDevice device = add("valve").sleeps(SLEEP_S);
        RelayModel relay = new RelayModel(false);
        device.obeys(new Relay(relay), "relay", 1, () -> relay.closed() ? 1 : 0);
        commandTopics.add("midge/valve/relay/set");
        addProbe(device, 0x2222, 9_000, 0);
    }

    private void addProbe(SimDevice device, long serial, int milliCelsius, int periodMs) {
        Ds18b20Model chip = new Ds18b20Model(serial);
        ModelOneWireBus bus = new ModelOneWireBus(device.clock(), 1);
        bus.attach(chip);
        Signal temperature = walk(device.name() + "/t", milliCelsius, milliCelsius - 4_000, milliCelsius + 4_000, 90);
        weather.add(() -> chip.milliCelsius(temperature.at(world.nowMs())));
        device.senses(
                new Ds18b20(bus, chip.rom()), periodMs, 0, 1, List.of("temperature"), List.of(chip::heldMilliCelsius));
    }
}

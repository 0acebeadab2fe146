package midge.sim.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
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

/** The demo's boards, where they stand, and the weather that their chips feel. */
final class Greenhouse {
    private static final int WEATHER_MS = 100;
    private static final int DAY_MS = 120_000;
    private static final int START_SPREAD_MS = 40;
    private static final int SLEEP_S = 5;
    private static final int RANGE_M = 50;
    private static final int THOUSAND = 1_000;

    private final World world;
    private final SimNetwork network;
    private final int gatewayNode;
    private final Ledger ledger;
    private final List<Board> boards = new ArrayList<>();
    private final List<Runnable> weather = new ArrayList<>();

    Greenhouse(World world, SimNetwork network, int gatewayNode, Ledger ledger) {
        this.world = world;
        this.network = network;
        this.gatewayNode = gatewayNode;
        this.ledger = ledger;
        network.map().setRange(RANGE_M).place(gatewayNode, 0, 0);
        addClimate(board("greenhouse", "BME280", -15, 18), 24_000, 2_000);
        addClimate(board("attic", "BME280", 13, 22), 18_000, 2_700);
        addLight(board("window", "BH1750", 28, 2));
        addMotion(board("hall", "HC-SR501, LED", 16, -20));
        addPump(board("pump", "DS18B20, relay", -23, -14));
        addValve(board("valve", "DS18B20, relay", -37, 8));
    }

    List<Board> boards() {
        return boards;
    }

    void start() {
        blow();
        long atMs = world.nowMs();
        for (Board board : boards) {
            board.device().start(atMs);
            atMs += START_SPREAD_MS;
        }
    }

    private void blow() {
        weather.forEach(Runnable::run);
        boards.forEach(board -> board.dials().forEach(dial -> dial.blow(world.nowMs())));
        world.after(WEATHER_MS, this::blow);
    }

    private Board board(String name, String chips, int xM, int yM) {
        SimDevice device = new SimDevice(name, world, network, gatewayNode, ledger);
        network.map().place(device.node(), xM, yM);
        Board board = new Board(device, chips);
        boards.add(board);
        return board;
    }

    private Signal walk(String name, int start, int min, int max, int step) {
        return new RandomWalk(world.prng("weather/" + name), start, min, max, step, WEATHER_MS);
    }

    private static Dial temperature(int min, int max, Signal weather, IntConsumer feel) {
        return new Dial("temperature", "°C", THOUSAND, min, max, weather, feel);
    }

    private void addClimate(Board board, int milliCelsius, int periodMs) {
        SimDevice device = board.device();
        Bme280Model chip = new Bme280Model();
        ModelI2cBus bus = new ModelI2cBus(device.clock());
        bus.attach(Bme280Registers.ADDRESS, chip);
        String name = device.name();
        Signal temperature = Signal.sine(milliCelsius, 3_000, DAY_MS).plus(walk(name + "/t", 0, -1_500, 1_500, 40));
        Signal pressure = walk(name + "/p", 100_900, 98_000, 103_000, 4);
        Signal humidity = walk(name + "/h", 45_000, 20_000, 90_000, 120);
        board.add(temperature(-20_000, 60_000, temperature, chip::milliCelsius));
        board.add(new Dial("pressure", "Pa", 1, 90_000, 110_000, pressure, chip::pascal));
        board.add(new Dial("humidity", "%", THOUSAND, 0, 100_000, humidity, chip::milliPercent));
        device.senses(
                new Bme280(bus, Bme280Registers.ADDRESS),
                periodMs,
                0,
                1,
                List.of("temperature", "pressure", "humidity"),
                List.of(chip::heldMilliCelsius, chip::heldPascal, chip::heldMilliPercent));
    }

    private void addLight(Board board) {
        SimDevice device = board.device();
        Bh1750Model chip = new Bh1750Model();
        ModelI2cBus bus = new ModelI2cBus(device.clock());
        bus.attach(Bh1750Commands.ADDRESS, chip);
        Signal light = Signal.sine(12_000_000, 9_000_000, DAY_MS).plus(walk("light", 0, -900_000, 900_000, 60_000));
        board.add(new Dial("illuminance", "lx", THOUSAND, 0, 50_000_000, light, chip::milliLux));
        device.senses(
                new Bh1750(bus, Bh1750Commands.ADDRESS),
                1_500,
                0,
                0,
                List.of("illuminance"),
                List.of(chip::heldMilliLux));
    }

    private void addMotion(Board board) {
        SimDevice device = board.device();
        PirModel chip = new PirModel(device.clock(), 1_500, 0);
        Prng prng = world.prng("weather/motion");
        weather.add(() -> {
            if (prng.below(60) == 0) {
                chip.move();
            }
        });
        board.add(new Board.Button("motion", chip::move));
        device.senses(new Pir(chip, 0, Pir.DEBOUNCE_MS), 500, 8_000, 2, List.of("motion"), List.of(chip::heldMotion));
        addSwitch(board, "lamp", "led");
    }

    private void addPump(Board board) {
        addSwitch(board, "relay", "relay");
        addProbe(board, 0x1111, 19_000, 3_000);
    }

    private void addValve(Board board) {
        board.device().sleeps(SLEEP_S);
        addSwitch(board, "relay", "relay");
        addProbe(board, 0x2222, 9_000, 0);
    }

    private static void addSwitch(Board board, String name, String kind) {
        RelayModel output = new RelayModel(false);
        SimDevice device = board.device();
        device.obeys(new Relay(output), name, 1, () -> output.closed() ? 1 : 0);
        board.add(new Board.Switch(name, kind, "midge/" + device.name() + "/" + name + "/set", output::closed));
    }

    private void addProbe(Board board, long serial, int milliCelsius, int periodMs) {
        SimDevice device = board.device();
        Ds18b20Model chip = new Ds18b20Model(serial);
        ModelOneWireBus bus = new ModelOneWireBus(device.clock(), 1);
        bus.attach(chip);
        Signal temperature = walk(device.name() + "/t", milliCelsius, milliCelsius - 4_000, milliCelsius + 4_000, 90);
        board.add(temperature(-20_000, 60_000, temperature, chip::milliCelsius));
        device.senses(
                new Ds18b20(bus, chip.rom()), periodMs, 0, 1, List.of("temperature"), List.of(chip::heldMilliCelsius));
    }
}

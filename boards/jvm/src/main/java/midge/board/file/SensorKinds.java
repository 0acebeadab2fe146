package midge.board.file;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import midge.board.Board;
import midge.board.ExpectedChip;
import midge.board.linux.FileSensor;
import midge.board.linux.FileSource;
import midge.board.linux.KernelDevice;
import midge.board.linux.ThermalZone;
import midge.board.linux.W1Thermometer;
import midge.board.sim.SimBoard;
import midge.hal.I2cBus;
import midge.hal.sense.Sensor;
import midge.sensors.ads1115.Ads1115;
import midge.sensors.ads1115.Ads1115Registers;
import midge.sensors.aht20.Aht20;
import midge.sensors.aht20.Aht20Commands;
import midge.sensors.bh1750.Bh1750;
import midge.sensors.bh1750.Bh1750Commands;
import midge.sensors.bme280.Bme280;
import midge.sensors.bme280.Bme280Registers;
import midge.sensors.hcsr04.HcSr04;
import midge.sensors.ina219.Ina219;
import midge.sensors.ina219.Ina219Registers;
import midge.sensors.mcp3008.Mcp3008;
import midge.sensors.pir.Pir;
import midge.sensors.sht31.Sht31;
import midge.sensors.sht31.Sht31Commands;
import midge.sensors.tmp102.Tmp102;
import midge.sensors.tmp102.Tmp102Registers;

/** The kinds of sensors that a device file can name, and which keys each has. */
final class SensorKinds {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> FAULTS = List.of("", SimBoard.ABSENT, SimBoard.STUCK_BUS, SimBoard.WRONG_CHIP);
    private static final int SPI_HERTZ = 1_000_000;

    private static final Map<String, Kind> KINDS = new TreeMap<>(Map.ofEntries(
            i2c("bme280", Bme280Registers.ADDRESS, (bus, address, keys) -> new Bme280(bus, address)),
            i2c(
                    "bmp280",
                    Bme280Registers.ADDRESS,
                    (bus, address, keys) -> new Bme280(bus, address, Bme280Registers.BMP280)),
            i2c("sht31", Sht31Commands.ADDRESS, (bus, address, keys) -> new Sht31(bus, address)),
            i2c("aht20", Aht20Commands.ADDRESS, (bus, address, keys) -> new Aht20(bus)),
            i2c("tmp102", Tmp102Registers.ADDRESS, (bus, address, keys) -> new Tmp102(bus, address)),
            i2c("bh1750", Bh1750Commands.ADDRESS, (bus, address, keys) -> new Bh1750(bus, address)),
            i2c(
                    "ads1115",
                    Ads1115Registers.ADDRESS,
                    (bus, address, keys) ->
                            new Ads1115(bus, address, keys.number("input", 0, 0, 3), keys.number("range", 1, 0, 5))),
            i2c(
                    "ina219",
                    Ina219Registers.ADDRESS,
                    (bus, address, keys) -> new Ina219(
                            bus,
                            address,
                            keys.number("shunt_milliohm", 100, 1, 10_000),
                            keys.number("microamp_per_bit", 100, 1, 1_500))),
            Map.entry("mcp3008", SensorKinds::mcp3008),
            Map.entry("pir", SensorKinds::pir),
            Map.entry("hcsr04", SensorKinds::hcSr04),
            Map.entry("counter", (keys, parts) -> new Described(new Counter(keys.number("first", 0, 0, 1 << 30)), "")),
            file("cpu", keys -> new ThermalZone(keys.text("zone", ""))),
            file("ds18b20", keys -> new W1Thermometer(keys.text("id", ""))),
            file("dht22", keys -> KernelDevice.dht()),
            file("iio", keys -> KernelDevice.iio(keys.text("device", ""), channels(keys))),
            file("hwmon", keys -> KernelDevice.hwmon(keys.text("device", ""), channels(keys)))));

    private SensorKinds() {}

    /** Where sensors get their buses and files. */
    record Parts(Board board, Executor worker) {}

    /** A sensor, and what it is in words. */
    record Described(Sensor sensor, String words) {}

    private interface Kind {
        Described make(Table keys, Parts parts) throws IOException;
    }

    private interface I2cKind {
        Sensor make(I2cBus bus, int address, Table keys);
    }

    private interface FileKind {
        FileSource make(Table keys);
    }

    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /**
     * {@return the sensor that the table describes}
     *
     * @throws IllegalArgumentException for options that do not go together
     * @throws IOException of one sentence when the machine does not give what it needs
     */
    static Described make(String kind, Table keys, Parts parts) throws IOException {
        Kind found = KINDS.get(kind);
        if (found == null) {
            throw new IllegalStateException("no sensor of kind " + kind);
        }
        return found.make(keys, parts);
    }

    private static Map.Entry<String, Kind> i2c(String name, int usualAddress, I2cKind kind) {
        return Map.entry(name, (keys, parts) -> {
            int bus = keys.number("bus", 1, 0, 255);
            int address = keys.number("address", usualAddress, 0x08, 0x77);
            String fault = keys.oneOf("fault", "", FAULTS);
            if (!fault.isEmpty() && !(parts.board() instanceof SimBoard)) {
                throw new IllegalArgumentException("fault is for board = \"sim\" only");
            }
            parts.board().expect(new ExpectedChip(name, bus, address, fault));
            Sensor sensor = kind.make(parts.board().i2c(bus), address, keys);
            return new Described(sensor, name + " at 0x" + HEX.toHexDigits((byte) address) + " on i2c-" + bus);
        });
    }

    private static Map.Entry<String, Kind> file(String name, FileKind kind) {
        return Map.entry(
                name,
                (keys, parts) -> new Described(
                        new FileSensor(kind.make(keys), parts.board().files(), parts.worker()), name));
    }

    private static List<String> channels(Table keys) {
        List<String> channels = keys.texts("channels");
        if (channels.isEmpty() || !keys.has("device")) {
            throw new IllegalArgumentException("needs device and channels");
        }
        return channels;
    }

    private static Described mcp3008(Table keys, Parts parts) throws IOException {
        int bus = keys.number("bus", 0, 0, 255);
        int chip = keys.number("chip", 0, 0, 15);
        int channel = keys.number("channel", 0, 0, 7);
        int reference = keys.number("reference_millivolt", 3_300, 250, 5_500);
        return new Described(
                new Mcp3008(parts.board().spi(bus, chip, SPI_HERTZ), channel, reference),
                "mcp3008 channel " + channel + " on spi-" + bus + "." + chip);
    }

    private static Described pir(Table keys, Parts parts) throws IOException {
        int pin = pin(keys, "pin");
        int settleMs = keys.seconds("settle_s", Pir.SETTLE_MS / 1_000.0, 0, 600);
        return new Described(
                new Pir(parts.board().input(pin, Board.Pull.NONE), settleMs, Pir.DEBOUNCE_MS), "pir on pin " + pin);
    }

    private static Described hcSr04(Table keys, Parts parts) throws IOException {
        int trigger = pin(keys, "trigger");
        int echo = pin(keys, "echo");
        return new Described(
                new HcSr04(parts.board().echo(trigger, echo)), "hcsr04 on pins " + trigger + " and " + echo);
    }

    /** {@return the number of a pin that must be named} */
    static int pin(Table keys, String key) {
        int pin = keys.number(key, -1, 0, 255);
        if (!keys.has(key)) {
            throw new IllegalArgumentException("needs " + key + ", the number of a pin");
        }
        return Math.max(0, pin);
    }
}

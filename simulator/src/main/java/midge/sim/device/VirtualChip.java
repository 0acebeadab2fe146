package midge.sim.device;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import midge.hal.Clock;
import midge.hal.sense.Sensor;
import midge.sensors.ads1115.Ads1115;
import midge.sensors.ads1115.Ads1115Model;
import midge.sensors.ads1115.Ads1115Registers;
import midge.sensors.aht20.Aht20;
import midge.sensors.aht20.Aht20Commands;
import midge.sensors.aht20.Aht20Model;
import midge.sensors.bh1750.Bh1750;
import midge.sensors.bh1750.Bh1750Commands;
import midge.sensors.bh1750.Bh1750Model;
import midge.sensors.bme280.Bme280;
import midge.sensors.bme280.Bme280Model;
import midge.sensors.bme280.Bme280Registers;
import midge.sensors.ds18b20.Ds18b20;
import midge.sensors.ds18b20.Ds18b20Model;
import midge.sensors.hcsr04.HcSr04;
import midge.sensors.hcsr04.HcSr04Model;
import midge.sensors.ina219.Ina219;
import midge.sensors.ina219.Ina219Model;
import midge.sensors.ina219.Ina219Registers;
import midge.sensors.mcp3008.Mcp3008;
import midge.sensors.mcp3008.Mcp3008Model;
import midge.sensors.model.I2cModel;
import midge.sensors.model.ModelI2cBus;
import midge.sensors.model.ModelOneWireBus;
import midge.sensors.pir.Pir;
import midge.sensors.pir.PirModel;
import midge.sensors.sht31.Sht31;
import midge.sensors.sht31.Sht31Commands;
import midge.sensors.sht31.Sht31Model;
import midge.sensors.tmp102.Tmp102;
import midge.sensors.tmp102.Tmp102Model;
import midge.sensors.tmp102.Tmp102Registers;

/**
 * A sensor chip of a virtual device: its driver, the model of its registers, and what can be done to it. Values are in the unit of their
 * {@link midge.hal.sense.Quantity}.
 *
 * @param sensor the driver, the one that a board uses
 * @param values names of its values in the driver's order
 * @param held   what the chip holds of each, in the same order
 * @param inputs what it feels, by name
 * @param absent takes it off its bus ({@code true}) or puts it back
 */
public record VirtualChip(
        Sensor sensor, List<String> values, List<IntSupplier> held, Map<String, IntConsumer> inputs, Unplug absent) {
    /** Takes a chip off its bus, or puts it back. */
    @FunctionalInterface
    public interface Unplug {
        /** @param absent whether nobody answers from now on */
        void set(boolean absent);
    }

    private static final int SHUNT_MILLIOHM = 100;
    private static final int MICROAMP_PER_BIT = 100;
    private static final int REFERENCE_MILLIVOLT = 3_300;
    private static final int MOTION_HOLD_MS = 1_500;
    private static final long SERIALS = 0x1000;
    private static final Set<String> KINDS = Set.of(
            "bme280", "ds18b20", "bh1750", "sht31", "aht20", "tmp102", "ads1115", "ina219", "mcp3008", "hc-sr04",
            "pir");

    private static final Set<String> QUANTITIES =
            Set.of("temperature", "pressure", "humidity", "illuminance", "voltage", "current", "distance", "motion");

    /** {@return the chips that there are, in the alphabet's order} */
    public static Set<String> kinds() {
        return new TreeSet<>(KINDS);
    }

    /**
     * Makes a chip on a bus of its own.
     *
     * @param kind  one of {@link #kinds}
     * @param clock of its device
     * @param place another number for each chip of a device
     */
    public static VirtualChip make(String kind, Clock clock, int place) {
        return switch (kind) {
            case "bme280" -> bme280(clock);
            case "ds18b20" -> ds18b20(clock, place);
            case "bh1750" -> bh1750(clock);
            case "sht31" -> sht31(clock);
            case "aht20" -> aht20(clock);
            case "tmp102" -> tmp102(clock);
            case "ads1115" -> ads1115(clock);
            case "ina219" -> ina219(clock);
            case "mcp3008" -> mcp3008();
            case "hc-sr04" -> hcsr04(clock);
            case "pir" -> pir(clock);
            default -> throw new IllegalArgumentException("no chip is called " + kind);
        };
    }

    private static ModelI2cBus bus(Clock clock, int address, I2cModel model) {
        ModelI2cBus bus = new ModelI2cBus(clock);
        bus.attach(address, model);
        return bus;
    }

    private static Map<String, IntConsumer> feels(Object... namesAndInputs) {
        Map<String, IntConsumer> inputs = new TreeMap<>();
        for (int i = 0; i < namesAndInputs.length; i += 2) {
            inputs.put((String) namesAndInputs[i], (IntConsumer) namesAndInputs[i + 1]);
        }
        return inputs;
    }

    private static VirtualChip bme280(Clock clock) {
        Bme280Model model = new Bme280Model();
        return new VirtualChip(
                new Bme280(bus(clock, Bme280Registers.ADDRESS, model), Bme280Registers.ADDRESS),
                List.of("temperature", "pressure", "humidity"),
                List.of(model::heldMilliCelsius, model::heldPascal, model::heldMilliPercent),
                feels(
                        "temperature", (IntConsumer) model::milliCelsius,
                        "pressure", (IntConsumer) model::pascal,
                        "humidity", (IntConsumer) model::milliPercent),
                model::absent);
    }

    private static VirtualChip ds18b20(Clock clock, int place) {
        Ds18b20Model model = new Ds18b20Model(SERIALS + place);
        ModelOneWireBus bus = new ModelOneWireBus(clock, 1);
        bus.attach(model);
        return new VirtualChip(
                new Ds18b20(bus, model.rom()),
                List.of("temperature"),
                List.of(model::heldMilliCelsius),
                feels("temperature", (IntConsumer) model::milliCelsius),
                model::absent);
    }

    private static VirtualChip bh1750(Clock clock) {
        Bh1750Model model = new Bh1750Model();
        return new VirtualChip(
                new Bh1750(bus(clock, Bh1750Commands.ADDRESS, model), Bh1750Commands.ADDRESS),
                List.of("illuminance"),
                List.of(model::heldMilliLux),
                feels("illuminance", (IntConsumer) model::milliLux),
                model::absent);
    }

    private static VirtualChip sht31(Clock clock) {
        Sht31Model model = new Sht31Model();
        return new VirtualChip(
                new Sht31(bus(clock, Sht31Commands.ADDRESS, model), Sht31Commands.ADDRESS),
                List.of("temperature", "humidity"),
                List.of(model::heldMilliCelsius, model::heldMilliPercent),
                feels(
                        "temperature", (IntConsumer) model::milliCelsius,
                        "humidity", (IntConsumer) model::milliPercent),
                model::absent);
    }

    private static VirtualChip aht20(Clock clock) {
        Aht20Model model = new Aht20Model();
        return new VirtualChip(
                new Aht20(bus(clock, Aht20Commands.ADDRESS, model)),
                List.of("temperature", "humidity"),
                List.of(model::heldMilliCelsius, model::heldMilliPercent),
                feels(
                        "temperature", (IntConsumer) model::milliCelsius,
                        "humidity", (IntConsumer) model::milliPercent),
                model::absent);
    }

    private static VirtualChip tmp102(Clock clock) {
        Tmp102Model model = new Tmp102Model();
        return new VirtualChip(
                new Tmp102(bus(clock, Tmp102Registers.ADDRESS, model), Tmp102Registers.ADDRESS),
                List.of("temperature"),
                List.of(model::heldMilliCelsius),
                feels("temperature", (IntConsumer) model::milliCelsius),
                model::absent);
    }

    private static VirtualChip ads1115(Clock clock) {
        Ads1115Model model = new Ads1115Model();
        return new VirtualChip(
                new Ads1115(
                        bus(clock, Ads1115Registers.ADDRESS, model),
                        Ads1115Registers.ADDRESS,
                        0,
                        Ads1115Registers.RANGE_4096_MV),
                List.of("voltage"),
                List.of(model::heldMicrovolt),
                feels("voltage", (IntConsumer) microvolt -> model.microvolt(0, microvolt)),
                model::absent);
    }

    private static VirtualChip ina219(Clock clock) {
        Ina219Model model = new Ina219Model(SHUNT_MILLIOHM);
        return new VirtualChip(
                new Ina219(
                        bus(clock, Ina219Registers.ADDRESS, model),
                        Ina219Registers.ADDRESS,
                        SHUNT_MILLIOHM,
                        MICROAMP_PER_BIT),
                List.of("voltage", "current", "power"),
                List.of(model::heldMicrovolt, model::heldMicroamp, () ->
                        (int) ((long) model.heldMicrovolt() * model.heldMicroamp() / 1_000_000)),
                feels("voltage", (IntConsumer) model::microvolt, "current", (IntConsumer) model::microamp),
                model::absent);
    }

    private static VirtualChip mcp3008() {
        Mcp3008Model model = new Mcp3008Model(REFERENCE_MILLIVOLT);
        return new VirtualChip(
                new Mcp3008(model, 0, REFERENCE_MILLIVOLT),
                List.of("voltage"),
                List.of(model::heldMicrovolt),
                feels("voltage", (IntConsumer) microvolt -> model.microvolt(0, microvolt)),
                model::absent);
    }

    private static VirtualChip hcsr04(Clock clock) {
        HcSr04Model model = new HcSr04Model(clock);
        return new VirtualChip(
                new HcSr04(model),
                List.of("distance"),
                List.of(model::heldMicrometres),
                feels("distance", (IntConsumer) model::micrometres),
                model::absent);
    }

    private static VirtualChip pir(Clock clock) {
        PirModel model = new PirModel(clock, MOTION_HOLD_MS, 0);
        return new VirtualChip(
                new Pir(model, 0, Pir.DEBOUNCE_MS),
                List.of("motion"),
                List.of(model::heldMotion),
                feels("motion", (IntConsumer) moving -> {
                    if (moving > 0) {
                        model.move();
                    }
                }),
                model::absent);
    }

    /** {@return what chips feel, in the alphabet's order} */
    public static Set<String> quantities() {
        return new TreeSet<>(QUANTITIES);
    }

    /** {@return by how much a number of degrees Celsius, pascal, percent, lux, volt, ampere or metre is multiplied to become the chip's integer; 0
     * for an unknown quantity} */
    public static double scale(String quantity) {
        return switch (quantity) {
            case "temperature", "humidity", "illuminance" -> 1_000;
            case "voltage", "current", "distance" -> 1_000_000;
            case "pressure", "motion" -> 1;
            default -> 0;
        };
    }
}

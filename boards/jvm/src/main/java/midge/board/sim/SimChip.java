package midge.board.sim;

import midge.board.ExpectedChip;
import midge.hal.I2cBus;
import midge.sensors.ads1115.Ads1115Model;
import midge.sensors.aht20.Aht20Model;
import midge.sensors.bh1750.Bh1750Model;
import midge.sensors.bme280.Bme280Model;
import midge.sensors.ina219.Ina219Model;
import midge.sensors.model.I2cModel;
import midge.sensors.sht31.Sht31Model;
import midge.sensors.tmp102.Tmp102Model;
import org.jspecify.annotations.Nullable;

/**
 * A model of a chip, and how the weather reaches it.
 *
 * @param model on the bus
 * @param feel gives it the present values
 */
record SimChip(I2cModel model, Runnable feel) {
    private static final int BME280 = 0x60;
    private static final int BMP280 = 0x58;
    /** No chip of ours has this number. */
    private static final int STRANGER = 0x33;

    private static final int SHUNT_MILLIOHM = 100;
    private static final int ADS1115_INPUTS = 4;

    /** {@return a model of the chip, null when it has none on I2C} */
    static @Nullable SimChip of(ExpectedChip chip, Weather weather) {
        int place = chip.address() + 128 * chip.bus();
        SimChip made = make(chip.kind(), weather, place);
        if (made != null) {
            made.suffer(chip.fault());
        }
        return made;
    }

    private static @Nullable SimChip make(String kind, Weather weather, int place) {
        return switch (kind) {
            case "bme280" -> bme280(BME280, weather, place);
            case "bmp280" -> bme280(BMP280, weather, place);
            case "sht31" -> sht31(weather, place);
            case "aht20" -> aht20(weather, place);
            case "tmp102" -> {
                Tmp102Model model = new Tmp102Model();
                yield new SimChip(model, () -> model.milliCelsius(weather.milliCelsius(place)));
            }
            case "bh1750" -> {
                Bh1750Model model = new Bh1750Model();
                yield new SimChip(model, () -> model.milliLux(weather.milliLux(place)));
            }
            case "ads1115" -> ads1115(weather, place);
            case "ina219" -> ina219(weather, place);
            default -> null;
        };
    }

    private static SimChip sht31(Weather weather, int place) {
        Sht31Model model = new Sht31Model();
        return new SimChip(model, () -> {
            model.milliCelsius(weather.milliCelsius(place));
            model.milliPercent(weather.milliPercent(place));
        });
    }

    private static SimChip aht20(Weather weather, int place) {
        Aht20Model model = new Aht20Model();
        return new SimChip(model, () -> {
            model.milliCelsius(weather.milliCelsius(place));
            model.milliPercent(weather.milliPercent(place));
        });
    }

    private static SimChip ads1115(Weather weather, int place) {
        Ads1115Model model = new Ads1115Model();
        return new SimChip(model, () -> {
            for (int input = 0; input < ADS1115_INPUTS; input++) {
                model.microvolt(input, weather.microvolt(place + input));
            }
        });
    }

    private static SimChip ina219(Weather weather, int place) {
        Ina219Model model = new Ina219Model(SHUNT_MILLIOHM);
        return new SimChip(model, () -> {
            model.microvolt(3 * weather.microvolt(place));
            model.microamp(weather.microamp(place));
        });
    }

    private static SimChip bme280(int identity, Weather weather, int place) {
        Bme280Model model = new Bme280Model(identity);
        return new SimChip(model, () -> {
            model.milliCelsius(weather.milliCelsius(place));
            model.pascal(weather.pascal(place));
            model.milliPercent(weather.milliPercent(place));
        });
    }

    private void suffer(String fault) {
        if (fault.equals(SimBoard.ABSENT)) {
            model.absent(true);
        } else if (fault.equals(SimBoard.WRONG_CHIP) && model instanceof Bme280Model bme280) {
            bme280.identity(STRANGER);
        }
    }

    /** {@return a bus on which the chips feel the weather before each transaction} */
    static I2cBus feeling(I2cBus bus, Iterable<SimChip> chips) {
        return (address, write, writeOffset, writeLength, read, readOffset, readLength) -> {
            chips.forEach(chip -> chip.feel().run());
            return bus.transfer(address, write, writeOffset, writeLength, read, readOffset, readLength);
        };
    }
}

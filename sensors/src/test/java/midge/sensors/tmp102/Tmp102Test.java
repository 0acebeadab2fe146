package midge.sensors.tmp102;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.hal.sense.Sensor;
import midge.sensors.FixedWords;
import midge.sensors.I2cDriverContract;
import midge.sensors.Measuring;
import midge.sensors.model.I2cModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tmp102Test extends I2cDriverContract {
    private final Tmp102Model chip = new Tmp102Model();

    @Override
    protected Sensor newDriver() {
        return new Tmp102(bus, address());
    }

    @Override
    protected I2cModel chip() {
        return chip;
    }

    @Override
    protected int address() {
        return Tmp102Registers.ADDRESS;
    }

    @Override
    protected void set(int value) {
        chip.milliCelsius(value);
    }

    @Override
    protected int tolerance() {
        return Tmp102Model.RESOLUTION_MILLI_CELSIUS;
    }

    @Override
    protected int[] examples() {
        return new int[] {21_380, -33_330};
    }

    @ParameterizedTest
    @CsvSource({
        "7FF0, 127938",
        "6400, 100000",
        "4B00, 75000",
        "1900, 25000",
        "0040, 250",
        "0000, 0",
        "FFC0, -250",
        "E700, -25000",
        "C900, -55000",
        "4B01, 150000",
        "E481, -55000", // the last two in the extended format
    })
    void convertsTheDataSheetsTable(String word, int milliCelsius) {
        assertEquals(milliCelsius, Tmp102Registers.milliCelsius(Integer.parseInt(word, 16)));
    }

    @ParameterizedTest
    @CsvSource({
        "1900, E1A0, 0", // converted
        "7FF0, E1A0, -107",
        "8000, E1A0, -107",
        "1900, 60A0, -107", // not shut down: it was reset
        "0000, E1A0, 0", // a true 0 °C
        "1900, 61A0, -107", // never ready
        "1900, 00A0, -106",
        "1900, FFFF, -106"
    })
    void judgesTheRegisters(String temperature, String configuration, int expected) {
        FixedWords words =
                new FixedWords().put(0, Integer.parseInt(temperature, 16)).put(1, Integer.parseInt(configuration, 16));
        assertEquals(expected, Measuring.once(new Tmp102(words, 0x48), clock));
    }

    @Test
    void readsWhatTheChipHoldsOverTheWholeRange() {
        Sensor driver = newDriver();
        for (int milliCelsius = -40_000; milliCelsius <= 125_000; milliCelsius += 41) {
            set(milliCelsius);
            assertEquals(milliCelsius, Measuring.value(driver, clock), Tmp102Model.RESOLUTION_MILLI_CELSIUS);
            assertEquals(milliCelsius, chip.heldMilliCelsius());
        }
    }

    @Test
    void saturationIsNoValue() {
        set(130_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
        set(-130_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
    }

    @Test
    void theModelConvertsByItselfUntilItIsShutDown() {
        byte[] octets = {0, 0, 0};
        set(50_000);
        bus.transfer(0x48, octets, 0, 1, octets, 1, 2);
        assertEquals(0, octets[1]); // power-on value
        clock.nowMs += 26;
        bus.transfer(0x48, octets, 0, 1, octets, 1, 2);
        assertEquals(50, octets[1]);
    }
}

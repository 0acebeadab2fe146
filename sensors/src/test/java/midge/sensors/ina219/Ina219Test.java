package midge.sensors.ina219;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import midge.hal.Hal;
import midge.hal.sense.Sensor;
import midge.sensors.FixedWords;
import midge.sensors.I2cDriverContract;
import midge.sensors.Measuring;
import midge.sensors.model.I2cModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ina219Test extends I2cDriverContract {
    private final Ina219Model chip = new Ina219Model(100);

    @Override
    protected Sensor newDriver() {
        return new Ina219(bus, address(), 100, 100);
    }

    @Override
    protected I2cModel chip() {
        return chip;
    }

    @Override
    protected int address() {
        return Ina219Registers.ADDRESS;
    }

    @Override
    protected void set(int value) {
        chip.microvolt(value);
    }

    @Override
    protected int tolerance() {
        return 4_000;
    }

    @Override
    protected int[] examples() {
        return new int[] {11_980_000, 3_300_000};
    }

    @ParameterizedTest
    @CsvSource({"2, 1000, 20480", "100, 100, 4096", "100, 101, 4054"})
    void calibrationOfTheSheet(int shuntMilliohm, int microampPerBit, int expected) {
        assertEquals(expected, Ina219Registers.calibration(shuntMilliohm, microampPerBit));
    }

    @Test
    void readsTheDataSheetsExample() {
        // SBOS448 table 8: shunt 07D0, bus 5D98 with the ready mark, current 2710, power 1766
        FixedWords words = new FixedWords()
                .put(1, 0x07D0)
                .put(2, 0x5D9A)
                .put(3, 0x1766)
                .put(4, 0x2710)
                .writable(5, 0);
        Ina219 sensor = new Ina219(words, 0x40, 2, 1_000);
        assertEquals(Hal.OK, Measuring.once(sensor, clock));
        assertEquals(11_980_000, sensor.value(Ina219.VOLTAGE));
        assertEquals(10_000_000, sensor.value(Ina219.CURRENT));
        assertEquals(119_800_000, sensor.value(Ina219.POWER));
    }

    @Test
    void theModelFillsTheRegistersOfTheDataSheetsExample() {
        Ina219Model twoMilliohm = new Ina219Model(2);
        bus.attach(0x41, twoMilliohm);
        twoMilliohm.microvolt(11_980_000);
        twoMilliohm.microamp(10_000_000);
        Ina219 sensor = new Ina219(bus, 0x41, 2, 1_000);
        assertEquals(Hal.OK, Measuring.once(sensor, clock));
        byte[] octets = {1, 0, 0};
        bus.transfer(0x41, octets, 0, 1, octets, 1, 2);
        assertEquals(0x07D0, octets[1] << 8 | (octets[2] & 0xFF));
        assertEquals(10_000_000, sensor.value(Ina219.CURRENT));
        assertEquals(119_800_000, sensor.value(Ina219.POWER));
    }

    @ParameterizedTest
    @CsvSource({"5D9B, 1, -107", "5D98, 1, -107", "5D9A, 0, -106", "5D9A, 1, 0"})
    void judgesTheRegisters(String busWord, int keepsCalibration, int expected) {
        FixedWords words = new FixedWords()
                .put(2, Integer.parseInt(busWord, 16))
                .put(4, 100)
                .put(3, 10);
        if (keepsCalibration == 1) {
            words.writable(5, 0);
        }
        assertEquals(expected, Measuring.once(new Ina219(words, 0x40, 100, 100), clock));
    }

    @Test
    void readsWhatTheChipHoldsOverTheWholeRange() {
        Sensor driver = newDriver();
        for (int step = -100; step <= 100; step++) {
            chip.microvolt(160_000 * (step + 100));
            chip.microamp(31_999 * step);
            assertEquals(Hal.OK, Measuring.once(driver, clock));
            assertEquals(chip.heldMicrovolt(), driver.value(0), 4_000);
            assertEquals(chip.heldMicroamp(), driver.value(1), 100);
            double microwatt = Math.abs(chip.heldMicroamp()) / 1e6 * chip.heldMicrovolt();
            assertEquals(microwatt, driver.value(2), 2_000 + microwatt / 500 + 3_200);
        }
    }

    @Test
    void overflowIsNoValue() {
        chip.microamp(3_300_000); // 330 mV over 0.1 ohm
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
    }

    @Test
    void settingsThatTheChipCannotHoldAreRefusedAtConstruction() {
        assertThrows(IllegalArgumentException.class, () -> new Ina219(bus, 0x40, 0, 100));
        assertThrows(IllegalArgumentException.class, () -> new Ina219(bus, 0x40, 100, 1_501));
        assertThrows(IllegalArgumentException.class, () -> new Ina219(bus, 0x40, 1, 10)); // calibration above 16 bits
    }
}

package midge.sensors.bme280;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.profile.Hex;
import midge.sensors.Measuring;
import midge.sensors.TestClock;
import midge.sensors.model.ModelI2cBus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bme280Test {
    private final TestClock clock = new TestClock();
    private final ModelI2cBus bus = new ModelI2cBus(clock);
    private final Bme280Model chip = new Bme280Model();
    private final Bme280 driver = new Bme280(bus, 0x76);

    Bme280Test() {
        bus.attach(0x76, chip);
    }

    /** Registers that answer and never change: 256 octets, whatever is written. */
    private static I2cBus fixedRegisters(String data) {
        byte[] registers = new byte[256];
        put(registers, 0xD0, "60");
        put(registers, 0x88, Bme280CalibrationTest.LOW);
        put(registers, 0xE1, "6A 01 00 13 29 03 1E");
        put(registers, 0xF7, data);
        return (address, w, wo, wl, r, ro, rl) -> {
            System.arraycopy(registers, w[wo] & 0xFF, r, ro, rl);
            return Hal.OK;
        };
    }

    private static void put(byte[] registers, int at, String hex) {
        byte[] octets = Hex.bytes(hex);
        System.arraycopy(octets, 0, registers, at, octets.length);
    }

    @Test
    void readsTheDataSheetsExample() {
        // adcP 415148, adcT 519888 (BST-BMP280-DS001 §3.12), adcH 27500
        Bme280 sensor = new Bme280(fixedRegisters("65 5A C0 7E ED 00 6B 6C"), 0x76);
        assertEquals(Hal.OK, Measuring.once(sensor, clock));
        assertEquals(25_080, sensor.value(Bme280.TEMPERATURE));
        assertEquals(100_653, sensor.value(Bme280.PRESSURE));
        assertEquals(41_065, sensor.value(Bme280.HUMIDITY), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "80 00 00 80 00 00 80 00, -107", // §5.4.7: nothing was measured
        "80 00 00 7E ED 00 6B 6C, 0", // mid-scale in one field alone is a measurement
        "00 00 00 7E ED 00 6B 6C, -107",
        "65 5A C0 FF FF 00 6B 6C, -107",
        "65 5A C0 00 00 00 6B 6C, -107",
        "65 5A C0 7E ED 00 FF FF, -107",
        "FF FF FF FF FF FF FF FF, -107",
        "00 00 00 00 00 00 00 00, -107",
    })
    void judgesTheDataBurst(String data, int expected) {
        assertEquals(expected, Measuring.once(new Bme280(fixedRegisters(data), 0x76), clock));
    }

    @Test
    void readsWhatTheChipHoldsOverTheWholeRange() {
        for (int milliCelsius = -40_000; milliCelsius <= 85_000; milliCelsius += 1_237) {
            for (int step = 0; step <= 20; step++) {
                chip.milliCelsius(milliCelsius);
                chip.pascal(30_000 + step * 4_000);
                chip.milliPercent(step * 5_000);
                assertEquals(Hal.OK, Measuring.once(driver, clock));
                assertEquals(milliCelsius, chip.heldMilliCelsius());
                assertEquals(milliCelsius, driver.value(0), Bme280Model.RESOLUTION_MILLI_CELSIUS);
                assertEquals(chip.heldPascal(), driver.value(1), Bme280Model.RESOLUTION_PASCAL);
                assertEquals(chip.heldMilliPercent(), driver.value(2), Bme280Model.RESOLUTION_MILLI_PERCENT);
            }
        }
    }

    /** The model turns the integer formulas round; here the sheet's floating-point form reads its registers. */
    @Test
    void theModelsRegistersMeanTheSameToTheFloatingPointForm() {
        for (int milliCelsius = -40_000; milliCelsius <= 85_000; milliCelsius += 4_999) {
            chip.milliCelsius(milliCelsius);
            chip.pascal(96_000);
            chip.milliPercent(60_000);
            assertEquals(Hal.OK, Measuring.once(driver, clock));
            byte[] data = new byte[8];
            bus.transfer(0x76, new byte[] {(byte) 0xF7}, 0, 1, data, 0, 8);
            double adcT = ((data[3] & 0xFF) << 16 | (data[4] & 0xFF) << 8 | (data[5] & 0xFF)) / 16.0;
            double d = adcT / 131072.0 - 27504 / 8192.0;
            double fine = (adcT / 16384.0 - 27504 / 1024.0) * 26435 + d * d * -1000;
            assertEquals(milliCelsius, fine / 5.120, 5);
            int adcH = (data[6] & 0xFF) << 8 | (data[7] & 0xFF);
            double percent = Bme280CalibrationTest.reference(adcH, (int) fine, 75, 362, 0, 313, 50, 30) / 1024;
            assertEquals(60.0, percent, 0.015);
        }
    }

    @Test
    void aMeasurementTakesTheValuesOfItsStart() {
        chip.milliCelsius(21_380);
        assertEquals(Hal.OK, driver.begin(clock.nowMs));
        chip.milliCelsius(50_000);
        assertEquals(Hal.OK, Measuring.finish(driver, clock));
        assertEquals(21_380, chip.heldMilliCelsius());
        assertEquals(21_380, driver.value(0), 10);
    }

    @Test
    void isNotReadyBeforeTheLongestConversionTime() {
        driver.begin(clock.nowMs);
        assertEquals(clock.nowMs + 10, driver.readyAtMs());
        assertEquals(Hal.WOULD_BLOCK, driver.poll(clock.nowMs + 9));
    }

    @Test
    void waitsForASlowChipAndGivesUpOnOneThatNeverEnds() {
        chip.milliCelsius(-3_000);
        chip.slowByMs(20);
        assertEquals(-3_000, Measuring.value(driver, clock), 10);
        chip.neverReady(true);
        long startMs = clock.nowMs;
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        assertTrue(clock.nowMs - startMs <= 70);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aResetAtAnyStepGivesAMeasurementOrNoneButNeverAWrongOne(int step) {
        chip.milliCelsius(-12_340);
        assertEquals(-12_340, Measuring.value(driver, clock), 10);
        chip.milliCelsius(33_330);
        chip.powerCycleBefore(step);
        int status = Measuring.once(driver, clock);
        assertEquals(step == 1 ? Hal.OK : Hal.NO_VALUE, status); // 1: before the start; 2: status; 3: data
        assertEquals(33_330, Measuring.value(driver, clock), 10);
    }

    @Test
    void saturationIsNoValue() {
        Measuring.value(driver, clock);
        int before = driver.value(0);
        chip.milliCelsius(400_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        assertEquals(before, driver.value(0));
    }

    @Test
    void anAbsentChipIsANackAndIsIdentifiedAgainWhenItComesBack() {
        chip.absent(true);
        assertEquals(Hal.NACK, Measuring.once(driver, clock));
        chip.absent(false);
        chip.milliCelsius(7_000);
        assertEquals(7_000, Measuring.value(driver, clock), 10);
        driver.begin(clock.nowMs);
        chip.absent(true);
        assertEquals(Hal.NACK, Measuring.finish(driver, clock));
        chip.absent(false);
        chip.identity(Bme280Registers.BMP280);
        assertEquals(Hal.WRONG_CHIP, Measuring.once(driver, clock));
    }

    @Test
    void aStuckBusIsABusErrorUntilItIsFree() {
        bus.stuck(true);
        assertEquals(Hal.BUS_ERROR, Measuring.once(driver, clock));
        bus.stuck(false);
        assertEquals(Hal.OK, driver.begin(clock.nowMs));
        bus.stuck(true);
        assertEquals(Hal.BUS_ERROR, Measuring.finish(driver, clock));
    }

    @Test
    void aBmp280HasTemperatureAndPressureOnly() {
        Bme280Model bmp = new Bme280Model(Bme280Registers.BMP280);
        bus.attach(0x77, bmp);
        Bme280 sensor = new Bme280(bus, 0x77, Bme280Registers.BMP280);
        assertEquals(2, sensor.valueCount());
        assertEquals(Quantity.TEMPERATURE, sensor.quantity(0));
        assertEquals(Quantity.PRESSURE, sensor.quantity(1));
        assertEquals(Quantity.NONE, sensor.quantity(2));
        bmp.pascal(88_000);
        assertEquals(20_000, Measuring.value(sensor, clock), 10);
        assertEquals(88_000, sensor.value(1), 3);
        bmp.identity(0x57);
        assertEquals(Hal.OK, Measuring.once(new Bme280(bus, 0x77, Bme280Registers.BMP280), clock));
        assertEquals(Hal.WRONG_CHIP, Measuring.once(new Bme280(bus, 0x77), clock));
    }

    @Test
    void aChipThatStillCopiesItsCalibrationIsAskedAgainLater() {
        I2cBus starting = (address, w, wo, wl, r, ro, rl) -> {
            if (rl > 0) {
                r[ro] = (byte) ((w[wo] & 0xFF) == 0xD0 ? 0x60 : 0x01);
            }
            return Hal.OK;
        };
        Bme280 sensor = new Bme280(starting, 0x76);
        assertEquals(Hal.WOULD_BLOCK, sensor.begin(clock.nowMs));
        assertEquals(clock.nowMs + 2, sensor.readyAtMs());
    }

    @Test
    void theConstructorLeavesTheBusAlone() {
        assertEquals(0, bus.transfers());
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}

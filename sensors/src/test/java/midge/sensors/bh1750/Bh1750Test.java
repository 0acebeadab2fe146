package midge.sensors.bh1750;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.sensors.Measuring;
import midge.sensors.TestClock;
import midge.sensors.model.ModelI2cBus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bh1750Test {
    private final TestClock clock = new TestClock();
    private final ModelI2cBus bus = new ModelI2cBus(clock);
    private final Bh1750Model chip = new Bh1750Model();
    private final Bh1750 driver = new Bh1750(bus, Bh1750Commands.ADDRESS);

    Bh1750Test() {
        bus.attach(0x23, chip);
    }

    @ParameterizedTest
    @CsvSource({"8390, 28066667", "0110, 226667", "0001, 833", "FFFE, 54611667"})
    void countsAreLuxByOnePointTwo(String counts, int milliLux) {
        assertEquals(milliLux, Bh1750Commands.milliLux(Integer.parseInt(counts, 16)));
    }

    @Test
    void readsWhatTheChipHoldsOverTheWholeRange() {
        for (long milliLux = 0; milliLux < 54_611_667; milliLux += 1 + milliLux / 7) {
            chip.milliLux((int) milliLux);
            assertEquals(milliLux, Measuring.value(driver, clock), Bh1750Model.RESOLUTION_MILLI_LUX);
            assertEquals(milliLux, chip.heldMilliLux());
        }
    }

    @Test
    void waitsForTheLongestMeasurement() {
        driver.begin(clock.nowMs);
        assertEquals(clock.nowMs + 180, driver.readyAtMs());
        assertEquals(Hal.WOULD_BLOCK, driver.poll(clock.nowMs + 179));
    }

    @Test
    void aMeasurementTakesTheLightOfItsStart() {
        chip.milliLux(500_000);
        driver.begin(clock.nowMs);
        chip.milliLux(9_000_000);
        assertEquals(Hal.OK, Measuring.finish(driver, clock));
        assertEquals(500_000, driver.value(0));
    }

    @Test
    void saturationIsNoValue() {
        chip.milliLux(54_612_500);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        chip.milliLux(100_000_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        assertEquals(0, driver.value(0));
    }

    @Test
    void darknessIsReportedAfterASecondMeasurement() {
        chip.milliLux(0);
        long startMs = clock.nowMs;
        assertEquals(0, Measuring.value(driver, clock));
        assertEquals(3 * 180, clock.nowMs - startMs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aResetAtAnyStepIsNotTakenForDarkness(int step) {
        chip.milliLux(300_000);
        assertEquals(300_000, Measuring.value(driver, clock));
        chip.milliLux(450_000);
        chip.powerCycleBefore(step);
        assertEquals(450_000, Measuring.value(driver, clock));
    }

    @Test
    void aSlowChipIsNotTakenForDarknessOrForItsOldResult() {
        chip.milliLux(300_000);
        assertEquals(300_000, Measuring.value(driver, clock));
        chip.milliLux(600_000);
        chip.slowByMs(180);
        assertEquals(600_000, Measuring.value(driver, clock));
    }

    @Test
    void faultsHaveTheirCodesAndLeaveTheOldValue() {
        chip.milliLux(200_000);
        assertEquals(200_000, Measuring.value(driver, clock));
        chip.absent(true);
        assertEquals(Hal.NACK, Measuring.once(driver, clock));
        chip.absent(false);
        driver.begin(clock.nowMs);
        chip.absent(true);
        assertEquals(Hal.NACK, Measuring.finish(driver, clock));
        chip.absent(false);
        bus.stuck(true);
        assertEquals(Hal.BUS_ERROR, Measuring.once(driver, clock));
        bus.stuck(false);
        assertEquals(200_000, driver.value(0));
    }

    @ParameterizedTest
    @CsvSource({"10, 120, 1200", "11, 120, 2400", "13, 16, 1200", "20, 120, 1200", "21, 120, 2400", "23, 16, 1200"})
    void theModelMeasuresInEveryMode(String command, int ms, int counts) {
        chip.milliLux(1_000_000);
        byte[] octet = {(byte) Integer.parseInt(command, 16)};
        byte[] answer = new byte[2];
        bus.transfer(0x23, octet, 0, 1, answer, 0, 0);
        clock.nowMs += ms;
        bus.transfer(0x23, octet, 0, 0, answer, 0, 2);
        assertEquals(counts, (answer[0] & 0xFF) << 8 | (answer[1] & 0xFF));
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}

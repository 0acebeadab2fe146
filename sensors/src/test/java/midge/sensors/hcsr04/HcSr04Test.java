package midge.sensors.hcsr04;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.sensors.Measuring;
import midge.sensors.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HcSr04Test {
    private final TestClock clock = new TestClock();
    private final HcSr04Model wall = new HcSr04Model(clock);
    private final HcSr04 driver = new HcSr04(wall);

    @ParameterizedTest
    @CsvSource({"580, 20000, 99591", "580, 0, 96077", "0, 20000, 0", "100000, 20000, 17171000"})
    void distanceIsHalfTheWayOfSound(int echoUs, int milliCelsius, int micrometres) {
        assertEquals(micrometres, HcSr04.micrometres(echoUs, milliCelsius));
    }

    @Test
    void readsTheDistanceOverTheWholeRange() {
        for (int micrometres = 20_200; micrometres < 4_000_000; micrometres += 9_973) {
            wall.micrometres(micrometres);
            assertEquals(micrometres, Measuring.value(driver, clock), HcSr04Model.RESOLUTION_UM);
            assertEquals(micrometres, wall.heldMicrometres());
        }
    }

    @Test
    void warmAirIsAllowedFor() {
        wall.airMilliCelsius(-20_000);
        driver.airMilliCelsius(-20_000);
        wall.micrometres(2_000_000);
        assertEquals(2_000_000, Measuring.value(driver, clock), HcSr04Model.RESOLUTION_UM);
    }

    @ParameterizedTest
    @CsvSource({"10000", "4100000", "9000000"})
    void outOfRangeIsNoValue(int micrometres) {
        wall.micrometres(micrometres);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
    }

    @Test
    void shotsAreSixtyMillisecondsApart() {
        Measuring.value(driver, clock);
        assertEquals(Hal.WOULD_BLOCK, driver.begin(clock.nowMs));
        clock.nowMs += 60;
        assertEquals(Hal.OK, driver.begin(clock.nowMs));
    }

    @Test
    void faultsHaveTheirCodesAndLeaveTheOldValue() {
        int before = Measuring.value(driver, clock);
        wall.deaf(true);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        wall.deaf(false);
        wall.neverReady(true);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        wall.absent(true);
        assertEquals(Hal.GONE, Measuring.once(driver, clock));
        assertEquals(before, driver.value(0));
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}

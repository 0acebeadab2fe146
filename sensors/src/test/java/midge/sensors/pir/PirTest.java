package midge.sensors.pir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.sensors.Measuring;
import midge.sensors.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PirTest {
    private final TestClock clock = new TestClock();
    private final PirModel detector = new PirModel(clock, 5_000, 60_000);
    private final Pir driver = new Pir(detector);

    private void warmUp() {
        Measuring.once(driver, clock);
    }

    @Test
    void saysNothingDuringWarmUp() {
        long startMs = clock.nowMs;
        assertEquals(Hal.OK, driver.begin(clock.nowMs));
        assertEquals(startMs + 60_000, driver.readyAtMs());
        assertEquals(Hal.WOULD_BLOCK, driver.poll(startMs + 59_999));
        assertEquals(Hal.OK, Measuring.finish(driver, clock));
        assertEquals(0, driver.value(0));
        assertEquals(startMs + 60_050, clock.nowMs);
    }

    @Test
    void reportsMotionAsLongAsTheOutputHolds() {
        warmUp();
        detector.move();
        assertEquals(1, Measuring.value(driver, clock));
        clock.nowMs += 4_900;
        assertEquals(1, detector.heldMotion());
        clock.nowMs += 100;
        assertEquals(0, Measuring.value(driver, clock));
    }

    @Test
    void theModelIsBlindForAWhileAfterItsOutputFell() {
        warmUp();
        detector.move();
        clock.nowMs += 5_000;
        detector.move();
        assertEquals(0, Measuring.value(driver, clock));
        clock.nowMs += 2_500;
        detector.move();
        assertEquals(1, Measuring.value(driver, clock));
        clock.nowMs += 4_000;
        detector.move(); // seen while high: holds on
        clock.nowMs += 4_000;
        assertEquals(1, Measuring.value(driver, clock));
    }

    @Test
    void waitsUntilABouncingOutputIsQuiet() {
        warmUp();
        detector.move();
        detector.bounceForMs(220);
        assertEquals(1, Measuring.value(driver, clock));
    }

    @Test
    void anOutputThatNeverSettlesIsNoValue() {
        warmUp();
        detector.bounceForMs(60_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
    }

    @Test
    void aPinThatCannotBeReadPassesItsCodeOn() {
        warmUp();
        detector.move();
        assertEquals(1, Measuring.value(driver, clock));
        detector.absent(true);
        assertEquals(Hal.GONE, Measuring.once(driver, clock));
        detector.absent(false);
        driver.begin(clock.nowMs);
        detector.absent(true);
        assertEquals(Hal.GONE, Measuring.finish(driver, clock));
        assertEquals(1, driver.value(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStuckOutputIsReportedAsItStands(int level) {
        warmUp();
        detector.stuckAt(level);
        assertEquals(level, Measuring.value(driver, clock));
    }

    @Test
    void withoutDebouncingTheFirstLookCounts() {
        Pir eager = new Pir(detector, 0, 0);
        clock.nowMs += 60_000;
        detector.move();
        assertEquals(1, Measuring.value(eager, clock));
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}

package midge.sensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;
import midge.sensors.model.I2cModel;
import midge.sensors.model.ModelI2cBus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every driver of an I2C chip does when the chip or the bus fails, shown on the first of its values. */
public abstract class I2cDriverContract {
    /** More than the transactions of any driver's measurement. */
    private static final int STEPS = 12;

    protected final TestClock clock = new TestClock();
    protected final ModelI2cBus bus = new ModelI2cBus(clock);
    private Sensor driver;

    /** @return a new driver on {@link #bus} */
    protected abstract Sensor newDriver();

    /** @return the model, always the same */
    protected abstract I2cModel chip();

    protected abstract int address();

    /** Sets the physical quantity behind the first value. */
    protected abstract void set(int value);

    /** @return how far a reading may be from what was set */
    protected abstract int tolerance();

    /** @return two values, far apart and neither of them 0 */
    protected abstract int[] examples();

    @BeforeEach
    void putOnTheBus() {
        bus.attach(address(), chip());
        driver = newDriver();
        assertEquals(0, bus.transfers(), "the constructor leaves the bus alone");
    }

    private int good(int value) {
        set(value);
        assertEquals(Hal.OK, Measuring.once(driver, clock));
        assertEquals(value, driver.value(0), tolerance());
        return driver.value(0);
    }

    @Test
    void aMeasurementTakesTheValueOfItsStart() {
        good(examples()[0]);
        set(examples()[1]);
        assertEquals(Hal.OK, driver.begin(clock.nowMs));
        set(examples()[0]);
        assertEquals(Hal.OK, Measuring.finish(driver, clock));
        assertEquals(examples()[1], driver.value(0), tolerance());
    }

    @Test
    void anAbsentChipIsANackAndTheOldValueStays() {
        int before = good(examples()[0]);
        chip().absent(true);
        assertEquals(Hal.NACK, Measuring.once(driver, clock));
        chip().absent(false);
        assertEquals(Hal.NACK, failing(() -> chip().absent(true)));
        assertEquals(before, driver.value(0));
        chip().absent(false);
        good(examples()[1]);
    }

    @Test
    void aStuckBusIsABusErrorAndTheOldValueStays() {
        int before = good(examples()[0]);
        bus.stuck(true);
        assertEquals(Hal.BUS_ERROR, Measuring.once(driver, clock));
        bus.stuck(false);
        assertEquals(Hal.BUS_ERROR, failing(() -> bus.stuck(true)));
        assertEquals(before, driver.value(0));
        bus.stuck(false);
        good(examples()[1]);
    }

    /** Starts a measurement on a chip that may still have to be set up, then lets the fault happen. */
    private int failing(Runnable fault) {
        int status = driver.begin(clock.nowMs);
        while (status == Hal.WOULD_BLOCK) {
            clock.nowMs = driver.readyAtMs();
            status = driver.begin(clock.nowMs);
        }
        assertEquals(Hal.OK, status);
        fault.run();
        return Measuring.finish(driver, clock);
    }

    @Test
    void aSlowChipIsWaitedFor() {
        good(examples()[0]);
        chip().slowByMs(30);
        good(examples()[1]);
    }

    @Test
    void aChipThatNeverGetsReadyIsNoValueWithinASecond() {
        int before = good(examples()[0]);
        chip().neverReady(true);
        long startMs = clock.nowMs;
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        assertTrue(clock.nowMs - startMs < 1_000);
        assertEquals(before, driver.value(0));
        chip().neverReady(false);
        good(examples()[1]);
    }

    @Test
    void aPowerCycleAtAnyStepNeverGivesAWrongValue() {
        for (int step = 1; step <= STEPS; step++) {
            int before = good(examples()[0]);
            set(examples()[1]);
            chip().powerCycleBefore(step);
            int status = Measuring.once(driver, clock);
            if (status == Hal.OK) {
                assertEquals(examples()[1], driver.value(0), tolerance(), "step " + step);
            } else {
                assertEquals(Hal.NO_VALUE, status, "step " + step);
                assertEquals(before, driver.value(0), "step " + step);
            }
            chip().powerCycleBefore(0);
            good(examples()[1]);
        }
    }

    @Test
    void everyValueHasItsQuantity() {
        for (int i = 0; i < driver.valueCount(); i++) {
            assertTrue(driver.quantity(i) != Quantity.NONE);
        }
        assertEquals(Quantity.NONE, driver.quantity(driver.valueCount()));
        assertEquals(Quantity.NONE, driver.quantity(-1));
    }

    @Test
    void pollWithoutBeginIsNotReady() {
        assertEquals(Hal.WOULD_BLOCK, driver.poll(clock.nowMs));
        assertEquals(Long.MAX_VALUE, driver.readyAtMs());
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}

package midge.sensors.aht20;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.hal.sense.Sensor;
import midge.profile.Hex;
import midge.sensors.I2cDriverContract;
import midge.sensors.Measuring;
import midge.sensors.model.I2cModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Aht20Test extends I2cDriverContract {
    private final Aht20Model chip = new Aht20Model();

    @Override
    protected Sensor newDriver() {
        return new Aht20(bus);
    }

    @Override
    protected I2cModel chip() {
        return chip;
    }

    @Override
    protected int address() {
        return Aht20Commands.ADDRESS;
    }

    @Override
    protected void set(int value) {
        chip.milliCelsius(value);
    }

    @Override
    protected int tolerance() {
        return Aht20Model.RESOLUTION_MILLI;
    }

    @Override
    protected int[] examples() {
        return new int[] {21_380, -7_777};
    }

    @ParameterizedTest
    @CsvSource({"00000, -50000, 0", "80000, 50000, 50000", "40000, 0, 25000", "60000, 25000, 37500"})
    void convertsTwentyBits(String counts, int milliCelsius, int milliPercent) {
        assertEquals(milliCelsius, Aht20Commands.milliCelsius(Integer.parseInt(counts, 16)));
        assertEquals(milliPercent, Aht20Commands.milliPercent(Integer.parseInt(counts, 16)));
    }

    /** Frames that users recorded from real chips, with the values that they published. */
    @ParameterizedTest
    @CsvSource({
        "1C 3B 5E 86 88 B2 D2, 31675, 23191, 0",
        "18 93 AC 95 2A C5 B3, 14588, 57685, 0",
        "1C 26 9A 76 42 E7 76, 28267, 15079, 0",
        "1C 26 9A 76 42 E7 77, 0, 0, -105",
        "14 26 9A 76 42 E7 AC, 0, 0, -107"
    })
    void readsRecordedFrames(String frame, int milliCelsius, int milliPercent, int expected) {
        byte[] octets = Hex.bytes(frame);
        Sensor sensor = new Aht20((address, w, wo, wl, r, ro, rl) -> {
            System.arraycopy(octets, 0, r, ro, rl);
            r[ro] |= (byte) (rl == 1 ? Aht20Commands.CALIBRATED : 0);
            return Hal.OK;
        });
        assertEquals(expected, Measuring.once(sensor, clock));
        assertEquals(milliCelsius, sensor.value(Aht20.TEMPERATURE));
        assertEquals(milliPercent, sensor.value(Aht20.HUMIDITY));
    }

    @Test
    void readsWhatTheChipHoldsOverTheWholeRange() {
        Sensor driver = newDriver();
        for (int step = 0; step <= 1_000; step++) {
            chip.milliCelsius(-40_000 + step * 125);
            chip.milliPercent(step * 100);
            assertEquals(Hal.OK, Measuring.once(driver, clock));
            assertEquals(-40_000 + step * 125, chip.heldMilliCelsius());
            assertEquals(chip.heldMilliCelsius(), driver.value(0), Aht20Model.RESOLUTION_MILLI);
            assertEquals(chip.heldMilliPercent(), driver.value(1), Aht20Model.RESOLUTION_MILLI);
        }
    }

    @Test
    void initialisesAChipThatIsNotAndAsksToComeBack() {
        Sensor driver = newDriver();
        assertEquals(Hal.WOULD_BLOCK, driver.begin(clock.nowMs));
        assertEquals(clock.nowMs + 10, driver.readyAtMs());
        assertEquals(Hal.WOULD_BLOCK, driver.poll(clock.nowMs + 10));
        assertEquals(Hal.OK, driver.begin(clock.nowMs + 10));
        assertEquals(clock.nowMs + 90, driver.readyAtMs());
    }

    @Test
    void aWrongCrcIsReported() {
        chip.wrongCrc(true);
        assertEquals(Hal.BAD_CRC, Measuring.once(newDriver(), clock));
    }

    @Test
    void saturationIsNoValue() {
        set(151_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
        set(-51_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
    }
}

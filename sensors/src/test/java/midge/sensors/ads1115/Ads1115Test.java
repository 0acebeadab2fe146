package midge.sensors.ads1115;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import midge.hal.Hal;
import midge.hal.sense.Sensor;
import midge.profile.Hex;
import midge.sensors.FixedWords;
import midge.sensors.I2cDriverContract;
import midge.sensors.Measuring;
import midge.sensors.model.I2cModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ads1115Test extends I2cDriverContract {
    private final Ads1115Model chip = new Ads1115Model();

    @Override
    protected Sensor newDriver() {
        return new Ads1115(bus, address(), 2, Ads1115Registers.RANGE_4096_MV);
    }

    @Override
    protected I2cModel chip() {
        return chip;
    }

    @Override
    protected int address() {
        return Ads1115Registers.ADDRESS;
    }

    @Override
    protected void set(int value) {
        chip.microvolt(2, value);
    }

    @Override
    protected int tolerance() {
        return 63;
    }

    @Override
    protected int[] examples() {
        return new int[] {3_200_000, 12_345};
    }

    @ParameterizedTest
    @CsvSource({
        "6400, 1, 3200000",
        "C000, 1, -2048000",
        "0001, 0, 188",
        "0001, 2, 63",
        "0001, 5, 8",
        "7FFF, 0, 6143813",
        "8000, 5, -256000",
        "FFFF, 3, -31"
    })
    void convertsByTheRange(String word, int range, int microvolt) {
        assertEquals(microvolt, Ads1115Registers.microvolt(Integer.parseInt(word, 16), range));
    }

    @Test
    void asksForTheSingleShotOfTheSheet() {
        StringBuilder seen = new StringBuilder();
        Ads1115 sensor = new Ads1115(
                (address, w, wo, wl, r, ro, rl) -> {
                    seen.append(Hex.of(w, wo, wl));
                    return Hal.OK;
                },
                0x48,
                0,
                Ads1115Registers.RANGE_4096_MV);
        assertEquals(Hal.OK, sensor.begin(clock.nowMs));
        assertEquals("01 C3 83", seen.toString());
        assertEquals(clock.nowMs + 9, sensor.readyAtMs());
    }

    @ParameterizedTest
    @CsvSource({
        "6400, C383, 0",
        "7FFF, C383, -107",
        "8000, C383, -107",
        "0000, C383, 0",
        "6400, 8583, -107",
        "6400, 4383, -107",
        "6400, FFFF, -107"
    })
    void judgesTheRegisters(String conversion, String config, int expected) {
        FixedWords words =
                new FixedWords().put(0, Integer.parseInt(conversion, 16)).put(1, Integer.parseInt(config, 16));
        assertEquals(expected, Measuring.once(new Ads1115(words, 0x48, 0, 1), clock));
    }

    @ParameterizedTest
    @CsvSource({"0, 6144000, 94", "1, 4096000, 63", "2, 2048000, 32", "3, 1024000, 16", "4, 512000, 8", "5, 256000, 5"})
    void readsWhatTheInputHoldsOverTheWholeRange(int range, int fullScale, int tolerance) {
        for (int input = 0; input < 4; input++) {
            Sensor driver = new Ads1115(bus, address(), input, range);
            for (int step = -99; step <= 99; step++) {
                int microvolt = (int) ((long) fullScale * step / 100);
                chip.microvolt(input, microvolt);
                assertEquals(microvolt, Measuring.value(driver, clock), tolerance);
                assertEquals(microvolt, chip.heldMicrovolt());
            }
        }
    }

    @Test
    void overRangeIsNoValue() {
        set(4_100_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
        set(-4_100_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
    }

    @Test
    void anotherMeasurementInBetweenIsNoticed() {
        Sensor driver = newDriver();
        Sensor other = new Ads1115(bus, address(), 3, Ads1115Registers.RANGE_4096_MV);
        driver.begin(clock.nowMs);
        other.begin(clock.nowMs);
        assertEquals(Hal.NO_VALUE, Measuring.finish(driver, clock));
    }

    @Test
    void theModelMeasuresDifferences() {
        chip.microvolt(0, 1_000_000);
        chip.microvolt(1, 2_500_000);
        byte[] start = Hex.bytes("01 83 83"); // AIN0-AIN1, 4.096 V, single shot
        byte[] answer = new byte[2];
        bus.transfer(0x48, start, 0, 3, answer, 0, 0);
        clock.nowMs += 8;
        bus.transfer(0x48, new byte[1], 0, 1, answer, 0, 2);
        assertEquals("D1 20", Hex.of(answer)); // -12000 bits of 125 µV
    }

    @Test
    void unknownInputsAndRangesAreRefusedAtConstruction() {
        assertThrows(IllegalArgumentException.class, () -> new Ads1115(bus, 0x48, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> new Ads1115(bus, 0x48, 0, 6));
    }
}

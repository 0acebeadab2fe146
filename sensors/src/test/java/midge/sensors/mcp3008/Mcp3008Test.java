package midge.sensors.mcp3008;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import midge.hal.Hal;
import midge.hal.SpiBus;
import midge.profile.Hex;
import midge.sensors.Measuring;
import midge.sensors.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mcp3008Test {
    private final TestClock clock = new TestClock();
    private final Mcp3008Model chip = new Mcp3008Model(3_300);
    private final Mcp3008 driver = new Mcp3008(chip, 3, 3_300);

    @ParameterizedTest
    @CsvSource({"512, 1650000", "1023, 3296777", "0, 0", "1, 3223"})
    void convertsByTheReference(int counts, int microvolt) {
        assertEquals(microvolt, Mcp3008.microvolt(counts, 3_300));
    }

    @Test
    void asksForItsChannelAndTakesTenBits() {
        StringBuilder seen = new StringBuilder();
        SpiBus wire = (w, wo, r, ro, length) -> {
            seen.append(Hex.of(w, wo, length));
            System.arraycopy(Hex.bytes("FF FA 00"), 0, r, ro, 3); // undefined bits high, null bit 0, 512
            return Hal.OK;
        };
        assertEquals(1_650_000, Measuring.value(new Mcp3008(wire, 3, 3_300), clock));
        assertEquals("01 B0 00", seen.toString());
    }

    @Test
    void readsWhatTheChannelHoldsOverTheWholeRange() {
        for (int channel = 0; channel < 8; channel++) {
            Mcp3008 sensor = new Mcp3008(chip, channel, 3_300);
            for (int microvolt = 0; microvolt < 3_296_000; microvolt += 10_007) {
                chip.microvolt(channel, microvolt);
                int read = Measuring.value(sensor, clock);
                assertEquals(microvolt, chip.heldMicrovolt());
                assertEquals(microvolt - 1_611, read, 1_612); // cut to 3223 µV
            }
        }
    }

    @Test
    void faultsHaveTheirCodesAndLeaveTheOldValue() {
        chip.microvolt(3, 1_000_000);
        int before = Measuring.value(driver, clock);
        chip.microvolt(3, 3_300_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(driver, clock));
        chip.absent(true);
        assertEquals(Hal.GONE, Measuring.once(driver, clock));
        chip.failing(true);
        assertEquals(Hal.BUS_ERROR, Measuring.once(driver, clock));
        assertEquals(before, driver.value(0));
    }

    @Test
    void theModelConvertsDifferences() {
        chip.microvolt(2, 2_000_000);
        chip.microvolt(3, 350_000);
        byte[] octets = Hex.bytes("01 20 00");
        chip.transfer(octets, 0, octets, 0, 3);
        assertEquals("FF FA 00", Hex.of(octets)); // 1.65 V
    }

    @Test
    void channelsAndReferencesOutOfRangeAreRefusedAtConstruction() {
        assertThrows(IllegalArgumentException.class, () -> new Mcp3008(chip, 8, 3_300));
        assertThrows(IllegalArgumentException.class, () -> new Mcp3008(chip, 0, 100));
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}

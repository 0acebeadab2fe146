package midge.sensors.dimmer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.profile.Allocation;
import midge.sensors.model.ModelPwm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimmerTest {
    private final ModelPwm output = new ModelPwm();
    private final Dimmer dimmer = new Dimmer(output);

    private int apply(String text) {
        return dimmer.apply(text.getBytes(US_ASCII), 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({"on, 1000000, 100000", "OFF, 0, 0", "50, 500000, 50000", "12.5, 125000, 12500", "0.001, 10, 1"})
    void obeysShareOfThePeriod(String command, int highNs, int value) {
        assertEquals(Hal.OK, apply(command));
        assertEquals(1_000_000, output.periodNs());
        assertEquals(highNs, output.highNs());
        assertEquals(value, dimmer.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.001", "101", "-1", "half", "toggle", ""})
    void whatMeansNothingChangesNothing(String command) {
        apply("30");
        assertEquals(Hal.INVALID, apply(command));
        assertEquals(300_000, output.highNs());
        assertEquals(30_000, dimmer.value());
    }

    @Test
    void anOutputThatFailsPassesItsCodeOnAndTheValueStays() {
        apply("30");
        output.absent(true);
        assertEquals(Hal.GONE, apply("60"));
        assertEquals(30_000, dimmer.value());
        assertEquals(Quantity.LEVEL, dimmer.quantity());
    }

    @Test
    @Tag("interpreted")
    void obeyingAllocatesNothing() {
        byte[] command = "42.5".getBytes(US_ASCII);
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                dimmer.apply(command, 0, command.length);
            }
        }));
    }
}

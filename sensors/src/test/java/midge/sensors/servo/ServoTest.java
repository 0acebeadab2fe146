package midge.sensors.servo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.profile.Allocation;
import midge.sensors.model.ModelPwm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServoTest {
    private final ModelPwm output = new ModelPwm();
    private final Servo servo = new Servo(output);

    private int apply(String text) {
        return servo.apply(text.getBytes(US_ASCII), 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({"0, 1000000", "90, 1500000", "180, 2000000", "4.5, 1025000"})
    void theAngleIsTheLengthOfThePulse(String command, int highNs) {
        assertEquals(Hal.OK, apply(command));
        assertEquals(20_000_000, output.periodNs());
        assertEquals(highNs, output.highNs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"180.001", "-1", "on", ""})
    void whatMeansNothingChangesNothing(String command) {
        apply("45");
        assertEquals(Hal.INVALID, apply(command));
        assertEquals(45_000, servo.value());
        assertEquals(1_250_000, output.highNs());
    }

    @Test
    void anOutputThatFailsPassesItsCodeOnAndTheValueStays() {
        apply("45");
        output.absent(true);
        assertEquals(Hal.GONE, apply("60"));
        assertEquals(45_000, servo.value());
        assertEquals(Quantity.ANGLE, servo.quantity());
    }

    @Test
    void anotherKindHasOtherPulses() {
        Servo wide = new Servo(output, 500, 2_500, 270);
        assertEquals(Hal.OK, wide.set(270_000));
        assertEquals(2_500_000, output.highNs());
    }

    @Test
    void pulsesThatCouldBreakItAreRefusedAtConstruction() {
        assertThrows(IllegalArgumentException.class, () -> new Servo(output, 200, 2_000, 180));
        assertThrows(IllegalArgumentException.class, () -> new Servo(output, 2_000, 1_000, 180));
        assertThrows(IllegalArgumentException.class, () -> new Servo(output, 1_000, 2_000, 0));
    }

    @Test
    @Tag("interpreted")
    void obeyingAllocatesNothing() {
        byte[] command = "42.5".getBytes(US_ASCII);
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                servo.apply(command, 0, command.length);
            }
        }));
    }
}

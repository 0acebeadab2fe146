package midge.sensors.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.profile.Allocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest {
    private final RelayModel coil = new RelayModel(false);
    private final Relay relay = new Relay(coil);

    private int apply(String text) {
        byte[] padded = ("--" + text + "--").getBytes(US_ASCII);
        return relay.apply(padded, 2, text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "ON", "On", "1"})
    void closesOnCommand(String command) {
        assertEquals(Hal.OK, apply(command));
        assertTrue(coil.closed());
        assertEquals(1, relay.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", "oFf", "0"})
    void opensOnCommand(String command) {
        apply("on");
        assertEquals(Hal.OK, apply(command));
        assertFalse(coil.closed());
        assertEquals(0, relay.value());
    }

    @Test
    void togglesFromWhatItIs() {
        assertEquals(Hal.OK, apply("toggle"));
        assertTrue(coil.closed());
        assertEquals(Hal.OK, apply("TOGGLE"));
        assertFalse(coil.closed());
        assertEquals(2, coil.operations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o", "onn", "2", "11", " on", "on ", "true", "toggl", "\u004F\u000E"})
    void whatMeansNothingChangesNothing(String command) {
        apply("on");
        assertEquals(Hal.INVALID, apply(command));
        assertEquals(1, relay.value());
        assertEquals(1, coil.operations());
    }

    @Test
    void aPinThatFailsPassesItsCodeOnAndTheValueStays() {
        apply("on");
        coil.absent(true);
        assertEquals(Hal.GONE, apply("off"));
        assertEquals(1, relay.value());
        coil.absent(false);
        assertEquals(Hal.OK, apply("off"));
        assertEquals(0, relay.value());
    }

    @Test
    void anActiveLowRelayIsEnergisedByALowPin() {
        RelayModel lowCoil = new RelayModel(true);
        assertEquals(Hal.OK, new Relay(lowCoil, true).set(true));
        assertTrue(lowCoil.closed());
    }

    @Test
    void aWeldedContactStaysClosedAlthoughTheCoilIsOff() {
        apply("on");
        coil.welded(true);
        apply("off");
        assertTrue(coil.closed());
        assertFalse(coil.energised());
    }

    @Test
    void itIsASwitch() {
        assertEquals(Quantity.SWITCH, relay.quantity());
    }

    @Test
    @Tag("interpreted")
    void obeyingAllocatesNothing() {
        byte[] toggle = "toggle".getBytes(US_ASCII);
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                relay.apply(toggle, 0, toggle.length);
            }
        }));
    }
}

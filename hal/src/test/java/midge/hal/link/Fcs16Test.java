package midge.hal.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.profile.Hex;
import org.junit.jupiter.api.Test;

class Fcs16Test {
    @Test
    void theCheckValueOfTheCatalogue() {
        byte[] digits = "123456789".getBytes(US_ASCII);
        assertEquals(0x906E, Fcs16.of(Fcs16.update(Fcs16.INITIAL, digits, 0, digits.length)));
    }

    @Test
    void dataAndTheirFcsGiveTheGoodValue() {
        byte[] frame = Hex.bytes("02 17 C9 58");
        assertEquals(Fcs16.GOOD, Fcs16.update(Fcs16.INITIAL, frame, 0, frame.length));
    }
}

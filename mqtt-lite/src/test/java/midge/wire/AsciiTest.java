package midge.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AsciiTest {
    @Test
    void givesOneOctetACharacter() {
        assertArrayEquals(new byte[] {'a', '/', ' ', '~'}, Ascii.bytes("topic", "a/ ~"));
    }

    @Test
    void namesTheCharacterThatIsNotAscii() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Ascii.bytes("clientId", "caf\u00e9"));
        assertEquals("clientId has character 233 at 3, must be printable ASCII", e.getMessage());
    }
}

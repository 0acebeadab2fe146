package midge.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableIntegerTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7F",
        "128, 80 01",
        "16383, FF 7F",
        "16384, 80 80 01",
        "2097151, FF FF 7F",
        "2097152, 80 80 80 01",
        "268435455, FF FF FF 7F"
    })
    void takesAsManyOctetsAsItNeeds(int value, String hex) {
        byte[] octets = Hex.bytes(hex);
        byte[] out = new byte[4];
        assertEquals(octets.length, VariableInteger.size(value));
        assertEquals(octets.length, VariableInteger.write(out, 0, value));
        assertEquals(Hex.of(octets), Hex.of(out, 0, octets.length));
        assertEquals(value, VariableInteger.read(octets, 0, octets.length));
        assertEquals(Status.TRUNCATED, VariableInteger.read(octets, 0, octets.length - 1));
    }

    @ParameterizedTest
    @CsvSource({"80 00", "FF 00", "80 80 00", "80 80 80 00", "FF FF FF FF", "80 80 80 80 01"})
    void refusesLongFormsAndAFifthOctet(String hex) {
        byte[] octets = Hex.bytes(hex);
        assertEquals(Status.MALFORMED, VariableInteger.read(octets, 0, octets.length));
    }
}

package midge.mqttsn.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 52 example frames, which other decoders have confirmed, read as they should and come back the same. */
class ExampleFramesTest {
    /** Frames in the long form that fit the short one: S48 has 256 octets, 254 when written again. */
    private static final Set<String> NEEDLESSLY_LONG = Set.of("S48", "S49");

    static List<Frames.Frame> frames() {
        return Frames.all();
    }

    @Test
    void thereAre52() {
        assertEquals(52, frames().size());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void readsWhatTheExampleSays(Frames.Frame frame) {
        assertEquals(frame.text(), SnText.of(frame.octets()));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void writesTheExampleAgain(Frames.Frame frame) {
        byte[] f = frame.octets();
        if (NEEDLESSLY_LONG.contains(frame.number())) {
            f = Arrays.copyOfRange(f, 2, f.length);
            f[0] = (byte) f.length;
        }
        assertEquals(Hex.of(f), Hex.of(SnText.again(frame.octets())));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void readsTheSameInTheMiddleOfABuffer(Frames.Frame frame) {
        byte[] padded = new byte[frame.octets().length + 9];
        System.arraycopy(frame.octets(), 0, padded, 4, frame.octets().length);
        assertEquals(frame.text(), SnText.of(padded, 4, frame.octets().length));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void readsTheSameInTheLongForm(Frames.Frame frame) {
        byte[] f = frame.octets();
        if (f[0] == 1 || (f[1] & 0xFF) == SnType.ENCAPSULATED) {
            return;
        }
        byte[] longForm = new byte[f.length + 2];
        System.arraycopy(f, 1, longForm, 3, f.length - 1);
        longForm[0] = 1;
        longForm[1] = (byte) (longForm.length >> 8);
        longForm[2] = (byte) longForm.length;
        assertEquals(frame.text(), SnText.of(longForm));
    }
}

package midge.mqttsn.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import midge.profile.Hex;

/** The verified example frames of {@code frames-1.2.txt}. */
public final class Frames {
    private Frames() {}

    /** One example. */
    public record Frame(String number, byte[] octets, String text) {
        @Override
        public String toString() {
            return number + " " + text;
        }
    }

    /** @return all examples, in order */
    public static List<Frame> all() {
        try (InputStream in = Frames.class.getResourceAsStream("/midge/mqttsn/frames-1.2.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(c -> new Frame(c[0], Hex.bytes(c[1]), c[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

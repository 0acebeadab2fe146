package midge.mqtt.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables in test resources: one row a line, columns parted by {@code " | "}, comments behind {@code "-- "}. */
public final class Rows {
    private Rows() {}

    public static List<String[]> of(String resource) {
        try (InputStream in = Rows.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("-- "))
                    .map(l -> l.split(" \\| ", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

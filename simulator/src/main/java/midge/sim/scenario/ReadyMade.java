package midge.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scenarios that come with Midge. */
public final class ReadyMade {
    private static final String FOLDER = "/midge/scenarios/";

    private ReadyMade() {}

    /** {@return their names} */
    public static List<String> names() {
        String index = read("index.txt");
        return index == null ? List.of() : index.lines().toList();
    }

    /** {@return the file of one, null when there is none of that name} */
    public static @Nullable String text(String name) {
        return names().contains(name) ? read(name + ".toml") : null;
    }

    private static @Nullable String read(String file) {
        try (InputStream in = ReadyMade.class.getResourceAsStream(FOLDER + file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package midge.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs kept for a target, one line of hex each. {@code fuzz/<Target>.txt} is what coverage-guided runs left after minimising;
 * {@code fuzz/<Target>-found.txt} is written by hand: the inputs that once broke something, with a comment, never removed.
 */
public final class Corpus {
    private static final HexFormat HEX = HexFormat.of();

    private Corpus() {}

    /** @return what is kept for this target and its seeds */
    public static List<byte[]> of(FuzzTarget target) {
        List<byte[]> all = new ArrayList<>(found(target));
        all.addAll(lines(target, ".txt"));
        all.addAll(target.seeds());
        return all;
    }

    /** @return the inputs that once broke something */
    public static List<byte[]> found(FuzzTarget target) {
        return lines(target, "-found.txt");
    }

    private static List<byte[]> lines(FuzzTarget target, String suffix) {
        URL url = target.getClass().getResource("/fuzz/" + target.getClass().getSimpleName() + suffix);
        try {
            return url == null ? List.of() : read(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> read(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> HEX.parseHex(line.strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What {@code .ci/fuzz} needs: {@code unpack CLASS DIRECTORY} writes a file for every input, the form that fuzzers take;
     * {@code pack DIRECTORY FILE} makes lines of files again, short ones first; {@code replay CLASS NUMBER} tries mutations of what is
     * kept; {@code run CLASS FILE} runs one file.
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        switch (args[0]) {
            case "unpack" -> unpack(target(args[1]), Path.of(args[2]));
            case "pack" -> pack(Path.of(args[1]), Path.of(args[2]));
            case "replay" -> Replay.of(target(args[1]), Integer.parseInt(args[2]));
            default -> target(args[1]).fuzz(Files.readAllBytes(Path.of(args[2])));
        }
    }

    static FuzzTarget target(String className) throws ReflectiveOperationException {
        return (FuzzTarget) Class.forName(className).getConstructor().newInstance();
    }

    private static void unpack(FuzzTarget target, Path into) throws IOException {
        Files.createDirectories(into);
        int number = 0;
        for (byte[] input : of(target)) {
            Files.write(into.resolve("kept-" + number++), input);
        }
    }

    private static void pack(Path from, Path file) throws IOException {
        try (Stream<Path> inputs = Files.list(from)) {
            List<String> lines = inputs.map(Corpus::hex)
                    .distinct()
                    .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                    .toList();
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        }
    }

    private static String hex(Path input) {
        try {
            return HEX.formatHex(Files.readAllBytes(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

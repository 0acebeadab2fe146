package midge.board.cortexm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;

/** The table of sizes in docs/firmware.md, between two marks. */
final class SizeTable {
    private static final Path DOCUMENT = Path.of("../../docs/firmware.md");
    private static final String BEGIN = "<!-- sizes: written by the build -->\n";
    private static final String END = "<!-- end of sizes -->\n";
    /** The depth depends a little on when interrupts come; the document shall not change with it. */
    private static final int STACK_STEP = 32;

    private static final String HEAD = """
            | image | flash | static RAM | of which heap: used / given | stack, rounded up to 32 |
            |---|---|---|---|---|
            """;

    private SizeTable() {}

    static String row(String image, int flash, int ram, int heapUsed, int heap, int stack) {
        int rounded = (stack + STACK_STEP - 1) / STACK_STEP * STACK_STEP;
        return String.format(
                Locale.ROOT, "| `%s` | %,d | %,d | %,d / %,d | %,d |%n", image, flash, ram, heapUsed, heap, rounded);
    }

    static void write(Collection<String> rows) throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new AssertionError(DOCUMENT + " has lost the marks of its table");
        }
        String now = text.substring(0, from) + BEGIN + "\n" + HEAD + String.join("", rows) + "\n" + text.substring(to);
        if (!now.equals(text)) {
            Files.writeString(DOCUMENT, now);
        }
    }
}

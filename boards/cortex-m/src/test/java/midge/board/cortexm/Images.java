package midge.board.cortexm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** What the build has made. */
final class Images {
    private static final Path TARGET = Path.of("target");
    /** Start of RAM on both chips. */
    private static final long RAM = 0x20000000L;

    private Images() {}

    /** {@return an image; without the compiler the test is skipped} */
    static Path image(String name) {
        Peers.require("arm-none-eabi-gcc", "gcc-arm-none-eabi");
        return TARGET.resolve(name + ".elf");
    }

    /** {@return flash, static RAM and heap of an image, octets} */
    static int[] sizes(String name) {
        for (String line : lines(TARGET.resolve("sizes.txt"))) {
            String[] words = line.split(" ");
            if (words[0].equals(name)) {
                return new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3])};
            }
        }
        throw new AssertionError("sizes.txt has no " + name);
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long symbol(String image, String symbol) {
        String nm = Peers.require("arm-none-eabi-nm", "binutils-arm-none-eabi");
        try (Program run = Program.start(nm, image(image).toString())) {
            run.exitCode(20_000);
            return run.out().stream()
                    .filter(line -> line.endsWith(" " + symbol))
                    .mapToLong(line -> Long.parseLong(line.substring(0, 8), 16))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(image + " has no " + symbol));
        }
    }

    /** {@return octets of the Java heap in use in a running image} */
    static int heapUsed(String image, Emulator emulator) {
        return (int) emulator.word(symbol(image, "used"));
    }

    /** {@return octets of stack used so far: start.c has painted what was free} */
    static int stackUsed(String image, Emulator emulator) {
        long top = symbol(image, "stack_top");
        long at = symbol(image, "bss_end");
        if (at < RAM || emulator.word(at) != 0x5AFE57ACL) {
            throw new AssertionError("no paint at the end of the stack: it has run over, or start.c has changed");
        }
        // Half by half: below the deepest place all is painted, above almost nothing is.
        long painted = at;
        long unpainted = top;
        while (unpainted - painted > 4) {
            long middle = (painted + unpainted) / 2 & ~3L;
            if (emulator.word(middle) == 0x5AFE57ACL) {
                painted = middle;
            } else {
                unpainted = middle;
            }
        }
        return (int) (top - unpainted);
    }
}

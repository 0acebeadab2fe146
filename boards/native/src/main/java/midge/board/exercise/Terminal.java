package midge.board.exercise;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** Text output without {@code System.out}, which would bring its charsets and streams into a program of a few kilobytes. */
@Include("terminal.h")
final class Terminal {
    private static final String DIGITS = "0123456789abcdef";

    private Terminal() {}

    @Import(name = "terminal_put")
    private static native void put(int octet);

    static void text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    static void hex(int number) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            put(DIGITS.charAt(number >>> shift & 15));
        }
    }
}

package midge.board.cortexm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** What a board is asked for, in C: {@code src/main/c/board.h} has the contracts. This is all that a port to another board writes. */
@Include("board.h")
final class Board {
    private Board() {}

    /** {@return milliseconds since reset} */
    @Import(name = "board_millis")
    static native long millis();

    /** Waits for an interrupt, until {@code deadlineMs} at the latest. */
    @Import(name = "board_idle")
    static native void idle(long deadlineMs);

    /** {@return octets that the UART has taken, 0..length} */
    @Import(name = "board_uart_write")
    static native int uartWrite(Address octets, int length);

    /** {@return octets that the UART had waiting, 0..capacity} */
    @Import(name = "board_uart_read")
    static native int uartRead(Address into, int capacity);

    /** Lights the LED, or not. */
    @Import(name = "board_led")
    static native void led(int on);

    /** {@return a number that differs from board to board} */
    @Import(name = "board_seed")
    static native long seed();
}

package midge.board.posix;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** What the program asks of its system, in C: {@code src/main/c/posix.h} has the contracts. */
@Include("posix.h")
final class Posix {
    /** What {@link #fileNumber} answers when there is no number. */
    static final int NO_NUMBER = Integer.MIN_VALUE;

    static final int NO_ADDRESS = -1;
    static final int OUT = 1;
    static final int ERR = 2;

    private Posix() {}

    @Import(name = "posix_udp_open")
    static native int udpOpen(Address host, int port);

    @Import(name = "posix_udp_send")
    static native int udpSend(Address frame, int length);

    @Import(name = "posix_udp_receive")
    static native int udpReceive(Address into, int capacity);

    @Import(name = "posix_millis")
    static native long millis();

    @Import(name = "posix_seed")
    static native long seed();

    @Import(name = "posix_wait")
    static native void await(int ms);

    @Import(name = "posix_asked_to_end")
    static native int askedToEnd();

    @Import(name = "posix_file_number")
    static native int fileNumber(Address path);

    @Import(name = "posix_put")
    static native void put(int stream, int octet);

    @Import(name = "posix_exit")
    static native void exit(int code);

    /** Prints text as UTF-8; lone surrogates cannot come from a command line. */
    static void print(int stream, String text) {
        byte[] octets = Texts.utf8(text);
        for (int i = 0; i < octets.length - 1; i++) {
            put(stream, octets[i]);
        }
    }
}

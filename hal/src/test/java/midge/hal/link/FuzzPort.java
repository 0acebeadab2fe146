package midge.hal.link;

import midge.fuzz.FuzzInput;
import midge.hal.Hal;
import midge.hal.SerialPort;

/** A port that gives what the input says, in pieces, and takes now all, now a part, now nothing; later it is another port. */
final class FuzzPort implements SerialPort {
    private final FuzzInput in;
    private byte[] waiting = {};
    private int at;
    private int calls;
    SerialPort instead;
    boolean gone;

    FuzzPort(FuzzInput in) {
        this.in = in;
    }

    /** The next field of the input is on the line. */
    void arrives() {
        waiting = in.field();
        at = 0;
    }

    boolean isEmpty() {
        return at == waiting.length;
    }

    @Override
    public int write(byte[] octets, int offset, int length) {
        if (length < 1 || offset < 0 || offset + length > octets.length) {
            throw new AssertionError("writes " + length + " at " + offset);
        }
        if (instead != null) {
            return instead.write(octets, offset, length);
        }
        calls++;
        return gone ? Hal.GONE : calls % 5 == 0 ? 0 : calls % 3 == 0 ? 1 : length;
    }

    @Override
    public int read(byte[] into, int offset, int capacity) {
        if (instead != null) {
            return instead.read(into, offset, capacity);
        }
        if (gone) {
            return Hal.GONE;
        }
        int count = Math.min(++calls % 4 == 0 ? 1 : capacity, waiting.length - at);
        System.arraycopy(waiting, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() {
        gone = true;
    }
}

package midge.fuzz;

import java.util.Arrays;

/** Takes an input apart from its front. Past the end there are only zeros, so that every prefix of an input is one too. */
public final class FuzzInput {
    private final byte[] data;
    private int at;

    public FuzzInput(byte[] data) {
        this.data = data;
    }

    public boolean isEmpty() {
        return at >= data.length;
    }

    public int remaining() {
        return Math.max(0, data.length - at);
    }

    /** @return 0..255 */
    public int octet() {
        return isEmpty() ? 0 : data[at++] & 0xFF;
    }

    /** @return 0..65535 */
    public int u16() {
        return octet() << 8 | octet();
    }

    /** @return 0..bound-1 from one octet, so {@code bound} is 256 at most */
    public int below(int bound) {
        return octet() % bound;
    }

    public boolean bool() {
        return (octet() & 1) != 0;
    }

    /** @return the next {@code length} octets, or what there is */
    public byte[] take(int length) {
        int end = Math.min(data.length, at + length);
        byte[] taken = Arrays.copyOfRange(data, Math.min(at, end), end);
        at = end;
        return taken;
    }

    /** @return octets with their length, one octet, in front */
    public byte[] field() {
        return take(octet());
    }

    public byte[] rest() {
        return take(remaining());
    }
}

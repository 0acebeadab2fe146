package midge.gateway.store;

import midge.wire.Bytes;

/**
 * The fields of one record as they were written, in the same order. Reading past the end gives zeros and empty texts, and makes the
 * record unsound; nothing throws.
 */
public final class RecordReader {
    private byte[] octets = new byte[0];
    private int length;
    private int at;
    private boolean sound;
    private int textOffset;
    private int textLength;

    /** A reader of nothing. */
    public RecordReader() {}

    /** Begins with the first field of a record in {@code octets[0..length-1]}, which is not copied. @return this */
    public RecordReader wrap(byte[] octets, int length) {
        this.octets = octets;
        this.length = length;
        at = 0;
        sound = true;
        return this;
    }

    /** @return whether all fields that were read are there */
    public boolean isSound() {
        return sound;
    }

    private boolean has(int more) {
        sound &= more <= length - at;
        return sound;
    }

    /** @return the next octet */
    public int u8() {
        return has(1) ? Bytes.u8(octets, at++) : 0;
    }

    /** @return the next two octets */
    public int u16() {
        if (!has(2)) {
            return 0;
        }
        at += 2;
        return Bytes.u16(octets, at - 2);
    }

    /** @return the next four octets */
    public int s32() {
        if (!has(4)) {
            return 0;
        }
        at += 4;
        return (int) Bytes.u32(octets, at - 4);
    }

    /** Finds the next text, see {@link #octets}, {@link #textOffset} and {@link #textLength}. @return its length */
    public int text() {
        int count = u16();
        textOffset = at;
        textLength = has(count) ? count : 0;
        at += textLength;
        return textLength;
    }

    /** @return the array that texts lie in, not to be written to */
    public byte[] octets() {
        return octets;
    }

    /** @return where the last text begins */
    public int textOffset() {
        return textOffset;
    }

    /** @return octets of the last text */
    public int textLength() {
        return textLength;
    }

    /** @return the last text, copied */
    public byte[] textCopy() {
        byte[] copy = new byte[textLength];
        System.arraycopy(octets, textOffset, copy, 0, textLength);
        return copy;
    }
}

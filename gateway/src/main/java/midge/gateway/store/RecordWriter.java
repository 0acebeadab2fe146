package midge.gateway.store;

import midge.wire.Bytes;

/** The fields of one record on their way to the journal, high octets first. What exceeds {@value #SIZE} octets spoils the record. */
public final class RecordWriter {
    static final int SIZE = 0xFFFF;

    private final byte[] octets = new byte[SIZE];
    private int length;
    private boolean spoilt;

    RecordWriter() {}

    void reset() {
        length = 0;
        spoilt = false;
    }

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    boolean isSpoilt() {
        return spoilt;
    }

    private boolean fits(int more) {
        spoilt |= more > SIZE - length;
        return !spoilt;
    }

    /** Adds one octet. */
    public RecordWriter u8(int value) {
        if (fits(1)) {
            Bytes.putU8(octets, length, value);
            length += 1;
        }
        return this;
    }

    /** Adds two octets. */
    public RecordWriter u16(int value) {
        if (fits(2)) {
            Bytes.putU16(octets, length, value);
            length += 2;
        }
        return this;
    }

    /** Adds four octets. */
    public RecordWriter s32(int value) {
        if (fits(4)) {
            Bytes.putU32(octets, length, value);
            length += 4;
        }
        return this;
    }

    /** Adds octets behind their length in two octets. */
    public RecordWriter text(byte[] from, int offset, int count) {
        u16(count);
        if (fits(count)) {
            System.arraycopy(from, offset, octets, length, count);
            length += count;
        }
        return this;
    }
}

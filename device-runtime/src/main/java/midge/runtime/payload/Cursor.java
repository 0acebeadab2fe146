package midge.runtime.payload;

import midge.wire.Status;

/** A place in the caller's array. Once something did not fit, nothing more is written and the end reports it. */
final class Cursor {
    private byte[] out;
    private int start;
    private int at;
    private int end;
    private int status;

    void open(byte[] out, int at, int capacity) {
        this.out = out;
        this.start = at;
        this.at = at;
        this.end = at + capacity;
        this.status = Status.OK;
    }

    /** @return octets written since {@link #open}, or the first failure; lets go of the array */
    int close() {
        out = null;
        return status < 0 ? status : at - start;
    }

    void put(int octet) {
        if (status < 0) {
            return;
        }
        if (at >= end) {
            status = Status.TOO_SMALL;
            return;
        }
        out[at++] = (byte) octet;
    }

    void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    void put(byte[] bytes, int offset, int length) {
        if (status < 0) {
            return;
        }
        if (length > end - at) {
            status = Status.TOO_SMALL;
            return;
        }
        System.arraycopy(bytes, offset, out, at, length);
        at += length;
    }

    void decimal(long value, int scale, int digits) {
        if (status < 0) {
            return;
        }
        int length = Decimals.write(out, at, end - at, value, scale, digits);
        if (length < 0) {
            status = length;
            return;
        }
        at += length;
    }
}

package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** What all frame views share: where the wrapped message lies. */
public abstract class SnFlyweight {
    private byte[] buffer;
    private int offset;
    private int body;
    private int end;

    SnFlyweight() {}

    /** Points this view at a datagram that must hold one message of a known type with an allowed length. */
    final int open(byte[] buffer, int offset, int length) {
        int header = SnHeader.judge(buffer, offset, length);
        if (header < 0) {
            return header;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.body = offset + header;
        this.end = offset + length;
        if (!SnProtocol.V1_2.has(type())) {
            return Status.UNSUPPORTED;
        }
        return SnProtocol.V1_2.allows(type(), length - header) ? Status.OK : Status.MALFORMED;
    }

    /** As {@link #open(byte[], int, int)}, for a view of one type. */
    final int open(byte[] buffer, int offset, int length, int type) {
        int status = open(buffer, offset, length);
        return status == Status.OK && type() != type ? Status.MALFORMED : status;
    }

    /** Points this view at octets that it has judged itself. */
    final int place(byte[] buffer, int offset, int body, int end) {
        this.buffer = buffer;
        this.offset = offset;
        this.body = body;
        this.end = end;
        return Status.OK;
    }

    /** @return the array given to {@code wrap} */
    public final byte[] buffer() {
        return buffer;
    }

    /** @return index of the first octet of the message */
    public final int offset() {
        return offset;
    }

    /** @return octets of the whole message, header included */
    public final int length() {
        return end - offset;
    }

    /** @return the message type, one of {@link SnType} */
    public int type() {
        return Bytes.u8(buffer, body - 1);
    }

    final int body() {
        return body;
    }

    final int end() {
        return end;
    }

    final int u8(int at) {
        return Bytes.u8(buffer, body + at);
    }

    final int u16(int at) {
        return Bytes.u16(buffer, body + at);
    }
}

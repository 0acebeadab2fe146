package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * The length and type in front of every message, alike in all protocol versions (§5.2): {@code |Length|MsgType|…} up to 255 octets,
 * {@code |0x01|Length:2|MsgType|…} up to 65535. Length counts itself. Either form is read, the shortest is written.
 */
public final class SnHeader {
    /** Octets before the body in the short form. */
    public static final int SHORT = 2;
    /** Octets before the body in the long form. */
    public static final int LONG = 4;

    private static final int ESCAPE = 0x01;
    private static final int SHORT_TOTAL_MAX = 0xFF;
    private static final int TOTAL_MAX = 0xFFFF;

    private SnHeader() {}

    /**
     * Judges the header of a message that fills a datagram.
     *
     * @return {@link #SHORT} or {@link #LONG}; {@link Status#TRUNCATED} when the datagram ends before the message does,
     *     {@link Status#MALFORMED} for an impossible length or octets behind the message
     */
    public static int judge(byte[] buffer, int offset, int length) {
        if (length < SHORT) {
            return Status.TRUNCATED;
        }
        int declared = Bytes.u8(buffer, offset);
        int header = SHORT;
        if (declared == ESCAPE) {
            if (length < LONG) {
                return Status.TRUNCATED;
            }
            declared = Bytes.u16(buffer, offset + 1);
            header = LONG;
        }
        if (declared < header) {
            return Status.MALFORMED;
        }
        if (declared > length) {
            return Status.TRUNCATED;
        }
        return declared < length ? Status.MALFORMED : header;
    }

    /** @return octets of a message with {@code bodyLength} octets behind its type, in the shortest form */
    public static int total(int bodyLength) {
        return bodyLength + (bodyLength + SHORT <= SHORT_TOTAL_MAX ? SHORT : LONG);
    }

    /**
     * Writes a header in the shortest form.
     *
     * @param bodyLength octets that will follow the type, ≥ 0
     * @return index of the first octet of the body; {@link Status#TOO_SMALL} when header and body do not fit into {@code capacity},
     *     {@link Status#TOO_LARGE} when the format has no length for it
     */
    public static int put(byte[] out, int at, int capacity, int type, int bodyLength) {
        int total = total(bodyLength);
        if (total > TOTAL_MAX) {
            return Status.TOO_LARGE;
        }
        if (total > capacity) {
            return Status.TOO_SMALL;
        }
        if (total <= SHORT_TOTAL_MAX) {
            Bytes.putU8(out, at, total);
            Bytes.putU8(out, at + 1, type);
            return at + SHORT;
        }
        Bytes.putU8(out, at, ESCAPE);
        Bytes.putU16(out, at + 1, total);
        Bytes.putU8(out, at + 3, type);
        return at + LONG;
    }
}

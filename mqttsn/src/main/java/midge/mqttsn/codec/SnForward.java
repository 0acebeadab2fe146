package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * A forwarder's envelope, §5.5: {@code |Length|0xFE|Ctrl|WirelessNodeId…|inner message…|}. Length ends with the node id; the inner
 * message has its own. The node id is opaque and is echoed exactly. An envelope in an envelope is refused.
 */
public final class SnForward extends SnFlyweight {
    private static final int NODE_ID = 3;
    private static final int RADIUS_MASK = 0x03;
    private static final int LENGTH_MAX = 0xFF;

    private int inner;

    /** @return {@code OK} when envelope and inner header are sound; the inner message is judged by wrapping it */
    public int wrap(byte[] buffer, int offset, int length) {
        if (!isEnvelope(buffer, offset, length)) {
            return Status.MALFORMED;
        }
        int status = judge(buffer, offset, length);
        if (status < 0) {
            return status;
        }
        inner = offset + Bytes.u8(buffer, offset);
        return place(buffer, offset, offset + SnHeader.SHORT, offset + length);
    }

    static boolean isEnvelope(byte[] buffer, int offset, int length) {
        return length >= SnHeader.SHORT
                && Bytes.u8(buffer, offset) >= SnHeader.SHORT
                && Bytes.u8(buffer, offset + 1) == SnType.ENCAPSULATED;
    }

    static int judge(byte[] buffer, int offset, int length) {
        int declared = Bytes.u8(buffer, offset);
        if (declared < NODE_ID) {
            return Status.MALFORMED;
        }
        if (declared >= length) {
            return Status.TRUNCATED;
        }
        int innerAt = offset + declared;
        int header = SnHeader.judge(buffer, innerAt, length - declared);
        if (header < 0) {
            return isEnvelope(buffer, innerAt, length - declared) ? Status.MALFORMED : header;
        }
        return Bytes.u8(buffer, innerAt + header - 1) == SnType.ENCAPSULATED ? Status.MALFORMED : Status.OK;
    }

    /** @return always {@link SnType#ENCAPSULATED} */
    public int type() {
        return SnType.ENCAPSULATED;
    }

    /** @return broadcast radius 0..3, meaningful from a gateway to a forwarder */
    public int radius() {
        return u8(0) & RADIUS_MASK;
    }

    /** @return index of the node id */
    public int nodeIdOffset() {
        return body() + 1;
    }

    /** @return octets of the node id, 0..252 */
    public int nodeIdLength() {
        return inner - nodeIdOffset();
    }

    /** @return index of the inner message */
    public int innerOffset() {
        return inner;
    }

    /** @return octets of the inner message */
    public int innerLength() {
        return end() - inner;
    }

    /**
     * Writes the envelope only; the inner message goes to {@code at} plus the result.
     *
     * @param radius 0..3
     * @return octets of the envelope, or a negative status
     */
    public static int encode(
            byte[] out, int at, int capacity, int radius, byte[] nodeId, int nodeIdOffset, int nodeIdLength) {
        int total = NODE_ID + nodeIdLength;
        if (total > LENGTH_MAX) {
            return Status.TOO_LARGE;
        }
        if (total > capacity) {
            return Status.TOO_SMALL;
        }
        Bytes.putU8(out, at, total);
        Bytes.putU8(out, at + 1, SnType.ENCAPSULATED);
        Bytes.putU8(out, at + 2, radius & RADIUS_MASK);
        System.arraycopy(nodeId, nodeIdOffset, out, at + NODE_ID, nodeIdLength);
        return total;
    }
}

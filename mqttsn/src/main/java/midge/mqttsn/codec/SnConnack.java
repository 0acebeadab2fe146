package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * CONNACK (§5.4.5), WILLTOPICRESP and WILLMSGRESP (§5.4.24): {@code |3|MsgType|ReturnCode|}.
 */
public final class SnConnack extends SnFlyweight {
    private static final int BODY = 1;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        return status == Status.OK && !fits(type()) ? Status.MALFORMED : status;
    }

    private static boolean fits(int type) {
        return type == SnType.CONNACK || type == SnType.WILLTOPICRESP || type == SnType.WILLMSGRESP;
    }

    /** @return one of {@link SnReturnCode}, or a reserved value as it came */
    public int returnCode() {
        return u8(0);
    }

    /** @param type CONNACK, WILLTOPICRESP or WILLMSGRESP @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int type, int returnCode) {
        if (!fits(type)) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, type, BODY);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body, returnCode);
        return body + BODY - at;
    }
}

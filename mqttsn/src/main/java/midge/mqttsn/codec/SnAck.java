package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** PUBREC, PUBREL, PUBCOMP (§5.4.14) and UNSUBACK (§5.4.18): {@code |4|MsgType|MsgId:2|}. */
public final class SnAck extends SnFlyweight {
    private static final int BODY = 2;

    /** @return a status, as for the whole package; a MsgId of 0 is {@code MALFORMED} */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        return status == Status.OK && (!fits(type()) || msgId() == 0) ? Status.MALFORMED : status;
    }

    private static boolean fits(int type) {
        return type == SnType.PUBREC || type == SnType.PUBREL || type == SnType.PUBCOMP || type == SnType.UNSUBACK;
    }

    /** @return 1..65535 */
    public int msgId() {
        return u16(0);
    }

    /** @param type PUBREC, PUBREL, PUBCOMP or UNSUBACK @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int type, int msgId) {
        if (!fits(type)) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, type, BODY);
        if (body < 0) {
            return body;
        }
        Bytes.putU16(out, body, msgId);
        return body + BODY - at;
    }
}

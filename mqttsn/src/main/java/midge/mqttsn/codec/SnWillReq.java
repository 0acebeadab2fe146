package midge.mqttsn.codec;

import midge.wire.Status;

/** WILLTOPICREQ and WILLMSGREQ, §5.4.6 and §5.4.8: {@code |2|MsgType|}. */
public final class SnWillReq extends SnFlyweight {
    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        return status == Status.OK && !fits(type()) ? Status.MALFORMED : status;
    }

    private static boolean fits(int type) {
        return type == SnType.WILLTOPICREQ || type == SnType.WILLMSGREQ;
    }

    /** @param type WILLTOPICREQ or WILLMSGREQ @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int type) {
        if (!fits(type)) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, type, 0);
        return body < 0 ? body : body - at;
    }
}

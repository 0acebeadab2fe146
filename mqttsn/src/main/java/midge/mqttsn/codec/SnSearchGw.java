package midge.mqttsn.codec;

import midge.wire.Bytes;

/** SEARCHGW, §5.4.2: {@code |3|0x01|Radius|}. A client's broadcast for a gateway. */
public final class SnSearchGw extends SnFlyweight {
    private static final int BODY = 1;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        return open(buffer, offset, length, SnType.SEARCHGW);
    }

    /** @return broadcast radius; 0 means all nodes */
    public int radius() {
        return u8(0);
    }

    /** @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int radius) {
        int body = SnHeader.put(out, at, capacity, SnType.SEARCHGW, BODY);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body, radius);
        return body + BODY - at;
    }
}

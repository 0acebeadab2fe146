package midge.mqttsn.codec;

import midge.wire.Bytes;

/** ADVERTISE, §5.4.1: {@code |5|0x00|GwId|Duration:2|}. A gateway's broadcast that it serves. */
public final class SnAdvertise extends SnFlyweight {
    private static final int GW_ID = 0;
    private static final int DURATION = 1;
    private static final int BODY = 3;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        return open(buffer, offset, length, SnType.ADVERTISE);
    }

    /** @return the gateway's id, 0..255 */
    public int gwId() {
        return u8(GW_ID);
    }

    /** @return seconds to the next ADVERTISE, 0..65535 */
    public int durationS() {
        return u16(DURATION);
    }

    /** @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int gwId, int durationS) {
        int body = SnHeader.put(out, at, capacity, SnType.ADVERTISE, BODY);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body + GW_ID, gwId);
        Bytes.putU16(out, body + DURATION, durationS);
        return body + BODY - at;
    }
}

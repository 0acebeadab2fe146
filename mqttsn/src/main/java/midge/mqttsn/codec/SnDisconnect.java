package midge.mqttsn.codec;

import midge.wire.Bytes;

/**
 * DISCONNECT, §5.4.21: {@code |2|0x18|}, or {@code |4|0x18|Duration:2|} from a client that goes to sleep. A Duration of 0 is read as
 * none and never written.
 */
public final class SnDisconnect extends SnFlyweight {
    private static final int DURATION_LENGTH = 2;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        return open(buffer, offset, length, SnType.DISCONNECT);
    }

    /** @return sleep time in seconds, 1..65535; 0 for an ordinary disconnect */
    public int durationS() {
        return end() == body() ? 0 : u16(0);
    }

    /** @param durationS sleep time in seconds, 0 for an ordinary disconnect @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int durationS) {
        int length = durationS == 0 ? 0 : DURATION_LENGTH;
        int body = SnHeader.put(out, at, capacity, SnType.DISCONNECT, length);
        if (body < 0) {
            return body;
        }
        if (length != 0) {
            Bytes.putU16(out, body, durationS);
        }
        return body + length - at;
    }
}

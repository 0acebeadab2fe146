package midge.mqtt.codec;

import midge.wire.Status;

/**
 * The Variable Byte Integer (MQTT 5.0 §1.5.5): seven bits an octet, low group first, one to four octets, in the shortest form only;
 * so the value tells how many octets it took.
 */
public final class VariableInteger {
    /** The largest value, 268 435 455. */
    public static final int MAX = 0x0FFFFFFF;

    private VariableInteger() {}

    /**
     * @param available octets that may be read from {@code at}
     * @return the value; {@link Status#TRUNCATED}; {@link Status#MALFORMED} for a fifth octet or a form that is not the shortest
     */
    public static int read(byte[] buffer, int at, int available) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            if (i >= available) {
                return Status.TRUNCATED;
            }
            int octet = buffer[at + i];
            value |= (octet & 0x7F) << (7 * i);
            if (octet >= 0) {
                return octet == 0 && i > 0 ? Status.MALFORMED : value;
            }
        }
        return Status.MALFORMED;
    }

    /** @return octets that {@code value} takes, 1..4 */
    public static int size(int value) {
        return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : 4;
    }

    /** Writes {@code value}, 0..{@link #MAX}; the room was checked. @return the position after it */
    public static int write(byte[] buffer, int at, int value) {
        int rest = value;
        int i = at;
        while (rest >= 0x80) {
            buffer[i++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[i] = (byte) rest;
        return i + 1;
    }
}

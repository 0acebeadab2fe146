package midge.topic;

import midge.wire.Status;

/** Judges UTF-8 as MQTT wants it: well-formed, shortest form, no surrogates, no U+0000 (MQTT 5.0 §1.5.4, 3.1.1 §1.5.3). */
public final class Utf8 {
    /** Not well-formed UTF-8: stray, cut or over-long sequence, surrogate, or above U+10FFFF. */
    public static final int INVALID = -29;
    /** Holds U+0000. */
    public static final int NUL = -30;

    private Utf8() {}

    /**
     * Judges {@code length} octets from {@code at}; an empty string is fine.
     *
     * @return {@link Status#OK}, {@link #INVALID} or {@link #NUL}
     */
    public static int check(byte[] text, int at, int length) {
        int end = at + length;
        int i = at;
        // Eight octets a turn: all of them are in 0x01..0x7F exactly when no difference is negative.
        for (; end - i >= 8; i += 8) {
            int sign = (text[i] - 1) | (text[i + 1] - 1) | (text[i + 2] - 1) | (text[i + 3] - 1);
            sign |= (text[i + 4] - 1) | (text[i + 5] - 1) | (text[i + 6] - 1) | (text[i + 7] - 1);
            if (sign < 0) {
                return checkAll(text, i, end);
            }
        }
        for (; i < end; i++) {
            if (text[i] <= 0) {
                return checkAll(text, i, end);
            }
        }
        return Status.OK;
    }

    /** The general case, from a character boundary on. */
    static int checkAll(byte[] text, int at, int end) {
        int i = at;
        while (i < end) {
            int first = text[i];
            if (first > 0) {
                i++;
            } else {
                int size = characterSize(text, i, end);
                if (size < 0) {
                    return size;
                }
                i += size;
            }
        }
        return Status.OK;
    }

    private static int characterSize(byte[] text, int at, int end) {
        int first = text[at] & 0xFF;
        if (first == 0) {
            return NUL;
        }
        if (first < 0xC2 || first > 0xF4) {
            return INVALID;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (end - at < size || !isContinuation(text[at + 1]) || !isAllowedPair(first, text[at + 1] & 0xFF)) {
            return INVALID;
        }
        for (int i = 2; i < size; i++) {
            if (!isContinuation(text[at + i])) {
                return INVALID;
            }
        }
        return size;
    }

    private static boolean isContinuation(byte octet) {
        return (octet & 0xC0) == 0x80;
    }

    /** Over-long forms, surrogates and what lies above U+10FFFF show in the first two octets. */
    private static boolean isAllowedPair(int first, int second) {
        switch (first) {
            case 0xE0:
                return second >= 0xA0;
            case 0xED:
                return second < 0xA0;
            case 0xF0:
                return second >= 0x90;
            case 0xF4:
                return second < 0x90;
            default:
                return true;
        }
    }
}

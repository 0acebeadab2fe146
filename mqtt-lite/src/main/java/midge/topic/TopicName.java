package midge.topic;

import midge.wire.Status;

/** What a PUBLISH may name: at least one octet of good UTF-8 without wildcards (MQTT 5.0 and 3.1.1 §4.7). */
public final class TopicName {
    /** No octet at all. */
    public static final int EMPTY = -31;
    /** Holds {@code +} or {@code #}. */
    public static final int WILDCARD = -32;
    /** The longest name that the two-octet length can tell. */
    public static final int LENGTH_MAX = 65_535;

    private TopicName() {}

    /** @return {@link Status#OK}, {@link #EMPTY}, {@link #WILDCARD}, {@link Utf8#INVALID} or {@link Utf8#NUL} */
    public static int check(byte[] name, int at, int length) {
        int last = at + length - 4;
        if (length < 4) {
            return length == 0 ? EMPTY : checkAll(name, at, last + 4);
        }
        // Four octets a turn, the last four always: turns may overlap.
        for (int i = at; ; i = last - i > 4 ? i + 4 : last) {
            // An octet beyond ASCII makes the whole negative; without one, each octet has its eight bits to itself.
            int four = name[i] | name[i + 1] << 8 | name[i + 2] << 16 | name[i + 3] << 24;
            if (((four | (four & 0x54545454) - 0x01010101) & 0x80808080) != 0) {
                return checkAll(name, i, last + 4);
            }
            if (i == last) {
                return Status.OK;
            }
        }
    }

    /** @return whether {@code octet} is {@code #} (0x23) or {@code +} (0x2B): they differ in one bit */
    static boolean isWildcard(int octet) {
        return (octet | 0x08) == 0x2B;
    }

    /**
     * @return whether {@code octet} is worth a closer look: true for all beyond ASCII, for NUL and both wildcards, and for a few that
     *     are as harmless as they are rare, the space among them. They have none of three bits, which one comparison can tell.
     */
    static boolean isSuspect(int octet) {
        return (octet | (octet & 0x54) - 1) < 0;
    }

    private static int checkAll(byte[] name, int at, int end) {
        for (int i = at; i < end; i++) {
            if (isWildcard(name[i])) {
                return WILDCARD;
            }
        }
        return Utf8.checkAll(name, at, end);
    }
}

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
        int end = at + length;
        int i = at;
        for (; end - i >= 4; i += 4) {
            if ((suspicion(name[i]) | suspicion(name[i + 1]) | suspicion(name[i + 2]) | suspicion(name[i + 3])) < 0) {
                return checkAll(name, i, end);
            }
        }
        for (; i < end; i++) {
            if (suspicion(name[i]) < 0) {
                return checkAll(name, i, end);
            }
        }
        return length == 0 ? EMPTY : Status.OK;
    }

    /** @return whether {@code octet} is {@code #} (0x23) or {@code +} (0x2B): they differ in one bit */
    static boolean isWildcard(int octet) {
        return (octet | 0x08) == 0x2B;
    }

    /** @return negative for NUL, for everything beyond ASCII, and for a wildcard; without a branch */
    private static int suspicion(int octet) {
        return (octet - 1) | (((octet | 0x08) ^ 0x2B) - 1);
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

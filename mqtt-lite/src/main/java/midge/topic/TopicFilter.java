package midge.topic;

import midge.wire.Status;

/**
 * Topic filters: validity, matching, and the shared form {@code $share/{name}/{filter}} (MQTT 5.0 §4.7, §4.8; 3.1.1 §4.7).
 * Filters and names are UTF-8 octets, compared octet by octet; matching expects both to be valid.
 */
public final class TopicFilter {
    /** A wildcard that does not fill its level, {@code #} before the last level, or no octet at all. */
    public static final int INVALID = -33;
    /** Begins with {@code $share/} without a good share name and filter behind. */
    public static final int SHARED_INVALID = -34;

    private static final int SHARE_PREFIX = 7;

    private TopicFilter() {}

    /**
     * Judges a filter as MQTT 5.0 does: what begins with {@code $share/} (or is {@code $share}) must be a shared subscription.
     *
     * @return {@link Status#OK}, {@link #INVALID}, {@link #SHARED_INVALID}, {@link Utf8#INVALID} or {@link Utf8#NUL}
     */
    public static int check(byte[] filter, int at, int length) {
        if (!claimsToBeShared(filter, at, length)) {
            return checkPlain(filter, at, length);
        }
        int inner = innerOffset(filter, at, length);
        if (inner == 0) {
            return SHARED_INVALID;
        }
        int name = Utf8.check(filter, at, inner);
        return name < 0 ? name : checkPlain(filter, at + inner, length - inner);
    }

    /** Judges a filter as MQTT 3.1 and 3.1.1 do, where {@code $share} is an ordinary first level. Results as {@link #check}. */
    public static int checkPlain(byte[] filter, int at, int length) {
        if (length == 0) {
            return INVALID;
        }
        int end = at + length;
        for (int i = at; i < end; i++) {
            if (TopicName.isSuspect(filter[i])) {
                if (filter[i] <= 0) {
                    return checkAll(filter, at, i, end);
                }
                if (isMisplaced(filter, at, i, end)) {
                    return INVALID;
                }
            }
        }
        return Status.OK;
    }

    /** The general case, from a character boundary on. */
    private static int checkAll(byte[] filter, int start, int at, int end) {
        for (int i = at; i < end; i++) {
            if (isMisplaced(filter, start, i, end)) {
                return INVALID;
            }
        }
        return Utf8.checkAll(filter, at, end);
    }

    /** @return whether a wildcard stands here that does not fill its level, or a {@code #} before the last */
    private static boolean isMisplaced(byte[] filter, int start, int at, int end) {
        int octet = filter[at];
        return TopicName.isWildcard(octet) && !fillsItsLevel(filter, start, at, end, octet == '#');
    }

    private static boolean fillsItsLevel(byte[] filter, int start, int at, int end, boolean mustBeLast) {
        boolean opens = at == start || filter[at - 1] == '/';
        boolean closes = at + 1 == end || (!mustBeLast && filter[at + 1] == '/');
        return opens && closes;
    }

    /** @return whether the filter has a {@code +} or {@code #} */
    public static boolean hasWildcard(byte[] filter, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (TopicName.isWildcard(filter[i])) {
                return true;
            }
        }
        return false;
    }

    /** @return whether the filter has the form of a shared subscription (MQTT 5.0 §4.8.2); its inner filter is not judged */
    public static boolean isShared(byte[] filter, int at, int length) {
        return innerOffset(filter, at, length) > 0;
    }

    /**
     * Where the filter proper begins.
     *
     * @return octets before the inner filter of a shared subscription; 0 when it is not one (or not a well-formed one)
     */
    public static int innerOffset(byte[] filter, int at, int length) {
        if (length <= SHARE_PREFIX || !claimsToBeShared(filter, at, length)) {
            return 0;
        }
        int i = SHARE_PREFIX;
        while (i < length && filter[at + i] != '/') {
            if (TopicName.isWildcard(filter[at + i])) {
                return 0;
            }
            i++;
        }
        return i > SHARE_PREFIX && i + 1 < length ? i + 1 : 0;
    }

    /** @return octets of the share name, which begins at octet 7 of the filter; 0 when the filter is not shared */
    public static int shareNameLength(byte[] filter, int at, int length) {
        int inner = innerOffset(filter, at, length);
        return inner == 0 ? 0 : inner - 1 - SHARE_PREFIX;
    }

    private static boolean claimsToBeShared(byte[] f, int at, int length) {
        return length >= SHARE_PREFIX - 1
                && f[at] == '$'
                && f[at + 1] == 's'
                && f[at + 2] == 'h'
                && f[at + 3] == 'a'
                && f[at + 4] == 'r'
                && f[at + 5] == 'e'
                && (length == SHARE_PREFIX - 1 || f[at + 6] == '/');
    }

    /**
     * Matches a plain filter (for a shared one pass its inner filter, see {@link #innerOffset}) and a topic name.
     *
     * @return whether a message to {@code topic} goes to a subscriber of {@code filter}
     */
    public static boolean matches(byte[] filter, int fo, int fl, byte[] topic, int to, int tl) {
        if (fl == 0 || tl == 0 || (topic[to] == '$' && filter[fo] != '$')) {
            return false;
        }
        return matchesLevels(filter, fo, fl, topic, to, tl);
    }

    private static boolean matchesLevels(byte[] filter, int fo, int fl, byte[] topic, int to, int tl) {
        int filterEnd = fo + fl;
        int topicEnd = to + tl;
        int f = fo;
        int t = to;
        while (f < filterEnd) {
            int octet = filter[f];
            if (octet == '#') {
                return true;
            }
            if (octet == '+') {
                while (t < topicEnd && topic[t] != '/') {
                    t++;
                }
                f++;
            } else if (t < topicEnd && topic[t] == octet) {
                f++;
                t++;
            } else {
                return t == topicEnd && isParentTail(filter, f, filterEnd);
            }
        }
        return t == topicEnd;
    }

    /** {@code a/#} matches {@code a} too: the name has ended, and {@code /#} is all that is left. */
    private static boolean isParentTail(byte[] filter, int at, int end) {
        return end - at == 2 && filter[at] == '/' && filter[at + 1] == '#';
    }
}

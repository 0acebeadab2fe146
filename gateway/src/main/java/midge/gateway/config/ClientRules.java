package midge.gateway.config;

import java.util.Arrays;
import java.util.List;
import midge.topic.TopicFilter;

/** The topic rules of one client. Immutable; asking allocates nothing. */
public final class ClientRules {
    /** Everything is allowed. */
    public static final ClientRules ALL = new ClientRules(List.of(), List.of());

    private final byte[][] filters;
    private final int[] accesses;

    ClientRules(List<byte[]> filters, List<Integer> accesses) {
        this.filters = filters.toArray(new byte[0][]);
        this.accesses = accesses.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @return whether {@link TopicRules#WRITE} is allowed to this topic */
    public boolean mayWrite(byte[] topic, int offset, int length) {
        return this == ALL || allows(TopicRules.WRITE, topic, offset, length);
    }

    /** @return whether a message of this topic may be delivered */
    public boolean mayRead(byte[] topic, int offset, int length) {
        return this == ALL || allows(TopicRules.READ, topic, offset, length);
    }

    /** @return whether an id for this topic is of any use */
    public boolean mayUse(byte[] topic, int offset, int length) {
        return this == ALL || allows(TopicRules.READ | TopicRules.WRITE, topic, offset, length);
    }

    private boolean allows(int access, byte[] topic, int offset, int length) {
        boolean granted = false;
        for (int i = 0; i < filters.length; i++) {
            byte[] filter = filters[i];
            boolean concerns = accesses[i] == TopicRules.DENY || (accesses[i] & access) != 0;
            if (concerns && TopicFilter.matches(filter, 0, filter.length, topic, offset, length)) {
                if (accesses[i] == TopicRules.DENY) {
                    return false;
                }
                granted = true;
            }
        }
        return granted;
    }

    /**
     * @param filter what a client subscribes to, a shared filter too
     * @return whether it may bring anything that the client may read. A filter without wildcards is judged as a topic; one with wildcards
     *     is good as soon as it meets one that may be read, and each message is judged when it comes.
     */
    public boolean maySubscribe(byte[] filter, int offset, int length) {
        if (this == ALL) {
            return true;
        }
        int inner = TopicFilter.innerOffset(filter, offset, length);
        int at = offset + inner;
        int octets = length - inner;
        if (!TopicFilter.hasWildcard(filter, at, octets)) {
            return allows(TopicRules.READ, filter, at, octets);
        }
        for (int i = 0; i < filters.length; i++) {
            if ((accesses[i] & TopicRules.READ) != 0 && meet(filters[i], filter, at, octets)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether some topic matches both filters} */
    private static boolean meet(byte[] rule, byte[] filter, int offset, int length) {
        int end = offset + length;
        int a = 0;
        int b = offset;
        if ((rule[0] == '$') != (filter[b] == '$')) {
            return false; // a wildcard in the first level does not reach $SYS and its like
        }
        while (true) {
            if (isHash(rule, a, rule.length) || isHash(filter, b, end)) {
                return true;
            }
            int aEnd = levelEnd(rule, a, rule.length);
            int bEnd = levelEnd(filter, b, end);
            if (!levelsMeet(rule, a, aEnd, filter, b, bEnd)) {
                return false;
            }
            boolean aLast = aEnd == rule.length;
            boolean bLast = bEnd == end;
            if (aLast || bLast) {
                // "a/#" reaches "a" as well.
                return (aLast && bLast)
                        || (aLast && isHash(filter, bEnd + 1, end))
                        || (bLast && isHash(rule, aEnd + 1, rule.length));
            }
            a = aEnd + 1;
            b = bEnd + 1;
        }
    }

    private static boolean isHash(byte[] filter, int at, int end) {
        return at + 1 == end && filter[at] == '#';
    }

    private static int levelEnd(byte[] filter, int at, int end) {
        int i = at;
        while (i < end && filter[i] != '/') {
            i++;
        }
        return i;
    }

    private static boolean levelsMeet(byte[] a, int aAt, int aEnd, byte[] b, int bAt, int bEnd) {
        if (isPlus(a, aAt, aEnd) || isPlus(b, bAt, bEnd)) {
            return true;
        }
        return Arrays.equals(a, aAt, aEnd, b, bAt, bEnd);
    }

    private static boolean isPlus(byte[] filter, int at, int end) {
        return at + 1 == end && filter[at] == '+';
    }
}

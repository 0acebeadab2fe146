package midge.gateway.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The union of all clients' subscriptions, each filter once, with its subscribers. A filter's number and the count of times that it was
 * subscribed make the Subscription Identifier (MQTT 5.0 §3.8.2.1.2): it tells by which filter a message came, and whom a retained one
 * is meant for: those who asked with just that SUBSCRIBE.
 */
final class SharedFilters {
    /** Rounds are counted modulo this. */
    static final int ROUNDS = 1_024;

    private static final int NUMBER_BITS = 18;
    private static final int NUMBERS = 1 << NUMBER_BITS;

    private final Map<String, SharedFilter> byName = new HashMap<>();
    private final List<@Nullable SharedFilter> byNumber = new ArrayList<>();
    private final Deque<Integer> freeNumbers = new ArrayDeque<>();

    SharedFilters() {
        byNumber.add(null); // 0 is no Subscription Identifier
    }

    static int identifier(SharedFilter filter) {
        return filter.round << NUMBER_BITS | filter.number;
    }

    static int round(int identifier) {
        return identifier >>> NUMBER_BITS;
    }

    /** @return the filter of an identifier that came with a message; null when nobody has it any more */
    @Nullable
    SharedFilter of(int identifier) {
        int number = identifier & NUMBERS - 1;
        return number < byNumber.size() ? byNumber.get(number) : null;
    }

    /** @return the filter, made when it is new; null when there are too many */
    @Nullable
    SharedFilter take(byte[] name, int offset, int length) {
        String key = key(name, offset, length);
        SharedFilter found = byName.get(key);
        if (found != null) {
            return found;
        }
        Integer free = freeNumbers.poll();
        int number = free == null ? byNumber.size() : free;
        if (number >= NUMBERS) {
            return null;
        }
        byte[] copy = new byte[length];
        System.arraycopy(name, offset, copy, 0, length);
        SharedFilter filter = new SharedFilter(copy, number);
        byName.put(key, filter);
        if (free == null) {
            byNumber.add(filter);
        } else {
            byNumber.set(number, filter);
        }
        return filter;
    }

    @Nullable
    SharedFilter find(byte[] name, int offset, int length) {
        return byName.get(key(name, offset, length));
    }

    /** Takes out a filter that nobody subscribes to. */
    void remove(SharedFilter filter) {
        byName.remove(key(filter.name, 0, filter.name.length));
        byNumber.set(filter.number, null);
        freeNumbers.add(filter.number);
    }

    /** @return numbers in use are below this */
    int end() {
        return byNumber.size();
    }

    @Nullable
    SharedFilter get(int number) {
        return byNumber.get(number);
    }

    int count() {
        return byName.size();
    }

    /** One character an octet, so that equal means the same octets. */
    private static String key(byte[] name, int offset, int length) {
        return new String(name, offset, length, StandardCharsets.ISO_8859_1);
    }
}

package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which client logs in at the broker with which name: patterns of client ids in order, of which the first that fits counts. Immutable. */
public final class Logins {
    /** Nobody has a login of its own. */
    public static final Logins NONE = new Logins(List.of());

    private final List<Entry> entries;

    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    private record Entry(byte[] pattern, Login login) {}

    private Logins(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param pattern a client id; {@code *} stands for any octets, {@code ?} for one
     * @return these and, after them, one more
     */
    public Logins with(String pattern, Login login) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(pattern.getBytes(StandardCharsets.UTF_8), login));
        return new Logins(more);
    }

    /** @return how many patterns there are */
    public int count() {
        return entries.size();
    }

    /** @return the login of this client, null when no pattern fits */
    public @Nullable Login find(byte[] clientId) {
        for (int i = 0; i < entries.size(); i++) {
            if (matches(entries.get(i).pattern, clientId)) {
                return entries.get(i).login;
            }
        }
        return null;
    }

    static boolean matches(byte[] pattern, byte[] text) {
        return matches(pattern, text, 0, text.length);
    }

    /** The last star takes one octet more whenever what follows it does not fit: linear memory-free matching. */
    static boolean matches(byte[] pattern, byte[] text, int offset, int length) {
        int p = 0;
        int star = -1;
        int resume = offset;
        int t = offset;
        while (t < offset + length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == text[t])) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }
}

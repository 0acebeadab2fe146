package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which client ids a link's identity may use: rules of which one must fit. Links that prove no identity are not judged here. Immutable.
 */
public final class ClientBinding {
    /** Stands for the identity in the pattern of a client id. */
    public static final String SAME = "%i";
    /** A client id must be equal to the identity. */
    public static final ClientBinding EQUAL = new ClientBinding(List.of()).with("*", SAME);

    private final List<Rule> rules;

    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    private record Rule(byte[] identity, String client) {}

    private ClientBinding(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * @param lines each an identity's pattern, a space, and a client id's, as {@link #with} takes them
     * @throws IllegalArgumentException for a line that is not two patterns
     */
    public static ClientBinding of(List<String> lines) {
        ClientBinding binding = new ClientBinding(List.of());
        for (String line : lines) {
            String[] parts = line.strip().split(" +", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("holds \"" + line
                        + "\", must hold an identity, a space and a client id, such as \"sensor-* %i\"");
            }
            binding = binding.with(parts[0], parts[1]);
        }
        return binding;
    }

    /**
     * @param identity {@code *} stands for any octets, {@code ?} for one
     * @param client likewise, with {@value #SAME} for the identity
     * @return these rules and one more
     */
    public ClientBinding with(String identity, String client) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(octets(identity), client));
        return new ClientBinding(List.copyOf(more));
    }

    /** {@return whether {@code identity} may be the client with this id} */
    public boolean admits(String identity, byte[] id, int offset, int length) {
        byte[] client = new byte[length];
        System.arraycopy(id, offset, client, 0, length);
        byte[] who = octets(identity);
        for (Rule rule : rules) {
            if (Logins.matches(rule.identity, who) && admits(rule.client, identity, client)) {
                return true;
            }
        }
        return false;
    }

    private static boolean admits(String pattern, String identity, byte[] client) {
        if (pattern.equals(SAME)) {
            return Arrays.equals(octets(identity), client);
        }
        // A certificate's name may be "*": within a pattern it would stand for everyone.
        boolean isPlain = identity.indexOf('*') < 0 && identity.indexOf('?') < 0;
        return (isPlain || !pattern.contains(SAME)) && Logins.matches(octets(pattern.replace(SAME, identity)), client);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

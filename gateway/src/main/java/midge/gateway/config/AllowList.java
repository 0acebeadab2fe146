package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import midge.gateway.port.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Who is served: rules of which one must fit, in all that it names. Without rules everybody is. Immutable.
 *
 * <p>Who sends no client id (SEARCHGW, PUBLISH at QoS -1) is judged by the rest of each rule: SEARCHGW tells nobody anything secret, and
 * QoS -1 fits only rules that name no client.
 */
public final class AllowList {
    /** Everybody is served. */
    public static final AllowList EVERYBODY = new AllowList(List.of());

    private static final String CLIENT = "client";
    private static final String NETWORK = "network";
    private static final String IDENTITY = "identity";

    private final List<Rule> rules;

    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    private record Rule(byte @Nullable [] client, @Nullable Network network, byte @Nullable [] identity) {
        boolean fitsLink(Peer from) {
            return (network == null || network.contains(from))
                    && (identity == null || isProved(identity, from.identity()));
        }

        private static boolean isProved(byte[] pattern, String name) {
            return !name.isEmpty() && Logins.matches(pattern, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private AllowList(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * @param lines each one or more of {@code client=PATTERN} and {@code identity=PATTERN} (where {@code *} stands for any
     *     octets, {@code ?} for one) and {@code network=ADDRESS/BITS}, parted by blanks; a network holds no peer by DTLS, whose
     *     address is its session
     * @throws IllegalArgumentException for a line that is not so
     */
    public static AllowList of(List<String> lines) {
        return new AllowList(lines.stream().map(AllowList::rule).toList());
    }

    private static Rule rule(String line) {
        byte[] client = null;
        Network network = null;
        byte[] identity = null;
        TreeSet<String> seen = new TreeSet<>();
        for (String word : line.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? "" : word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (!seen.add(key) || value.isEmpty()) {
                throw mistake(line);
            }
            switch (key) {
                case CLIENT -> client = value.getBytes(StandardCharsets.UTF_8);
                case IDENTITY -> identity = value.getBytes(StandardCharsets.UTF_8);
                case NETWORK -> network = Network.parse(value);
                default -> throw mistake(line);
            }
        }
        return new Rule(client, network, identity);
    }

    private static IllegalArgumentException mistake(String line) {
        return new IllegalArgumentException(
                "holds \"" + line + "\", must hold rules like \"client=sensor-* network=192.168.1.0/24\"");
    }

    /** @return whether everybody is served */
    public boolean isOpen() {
        return rules.isEmpty();
    }

    /** @return whether the client with this id is served at that address */
    public boolean admits(Peer from, byte[] id, int offset, int length) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.fitsLink(from) && (rule.client == null || Logins.matches(rule.client, id, offset, length))) {
                return true;
            }
        }
        return isOpen();
    }

    /** @return whether some client is served at that address */
    public boolean admitsSome(Peer from) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).fitsLink(from)) {
                return true;
            }
        }
        return isOpen();
    }

    /** @return whether that address is served whatever client it is */
    public boolean admitsAny(Peer from) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).client == null && rules.get(i).fitsLink(from)) {
                return true;
            }
        }
        return isOpen();
    }
}

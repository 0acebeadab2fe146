package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import midge.topic.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which topics a client may publish to and read, as Mosquitto's {@code acl_file} has it: what no rule grants is denied, and what a rule
 * denies is denied whatever others grant. Without rules everything is allowed. Immutable.
 */
public final class TopicRules {
    /** The client may publish to it, as a will too. */
    public static final int WRITE = 1;
    /** The client may get it. */
    public static final int READ = 2;
    /** The client may do neither. */
    public static final int DENY = 0;
    /** Stands for the client id in a filter. */
    public static final String CLIENT_ID = "%c";
    /** Everything is allowed. */
    public static final TopicRules NONE = new TopicRules(List.of());

    private final List<Rule> rules;

    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    private record Rule(byte @Nullable [] client, int access, String filter) {}

    private TopicRules(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * @param client pattern of the client ids that it holds for, {@code *} and {@code ?} as usual; null: for all, also for messages that
     *     come without a connection
     * @param access {@link #DENY}, {@link #READ}, {@link #WRITE}, or both of these
     * @param filter a topic filter, in which {@value #CLIENT_ID} stands for the client id
     * @return these rules and one more
     * @throws IllegalArgumentException when that is no filter
     */
    public TopicRules with(@Nullable String client, int access, String filter) {
        byte[] octets = utf8(filter.replace(CLIENT_ID, "c"));
        if (TopicFilter.checkPlain(octets, 0, octets.length) < 0) {
            throw new IllegalArgumentException("\"" + filter + "\" is no topic filter");
        }
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(client == null ? null : utf8(client), access, filter));
        return new TopicRules(List.copyOf(more));
    }

    /** @return how many rules there are */
    public int count() {
        return rules.size();
    }

    /**
     * @return what holds for this client; takes some memory, so ask once per session. A rule with {@value #CLIENT_ID} does not hold for
     *     a client whose id has {@code +}, {@code #} or {@code /} in it, which would reach into others' topics.
     */
    public ClientRules of(byte[] clientId) {
        String id = new String(clientId, StandardCharsets.UTF_8);
        return select(clientId, id.chars().anyMatch(c -> c == '+' || c == '#' || c == '/') ? null : id);
    }

    /** @return what holds for messages that come without a connection: the rules for all that do not name the client id */
    public ClientRules ofNobody() {
        return select(null, null);
    }

    private ClientRules select(byte @Nullable [] client, @Nullable String inserted) {
        if (rules.isEmpty()) {
            return ClientRules.ALL;
        }
        List<byte[]> filters = new ArrayList<>();
        List<Integer> accesses = new ArrayList<>();
        for (Rule rule : rules) {
            boolean concerns = rule.client == null || (client != null && Logins.matches(rule.client, client));
            boolean named = rule.filter.contains(CLIENT_ID);
            if (concerns && (!named || inserted != null)) {
                filters.add(utf8(named ? rule.filter.replace(CLIENT_ID, String.valueOf(inserted)) : rule.filter));
                accesses.add(rule.access);
            }
        }
        return new ClientRules(filters, accesses);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

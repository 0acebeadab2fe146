package midge.gateway.app;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.config.Logins;
import midge.gateway.config.TopicRules;
import midge.gateway.net.Broker;
import midge.gateway.net.BrokerTls;
import midge.gateway.net.DtlsSecurity;
import midge.gateway.net.LinkListener;
import midge.gateway.net.MulticastGroup;
import midge.gateway.port.Peer;
import midge.settings.Toml;
import org.jspecify.annotations.Nullable;

/** Everything that a gateway process is told, judged. {@link SettingsReader} makes it. */
public final class GatewaySettings {
    private final Map<String, Setting> settings;
    private final Map<Integer, Setting> topics;
    private final Map<String, Map<Integer, Setting>> topicsByClient;
    private final boolean hasPassword;
    private final @Nullable BrokerTls tls;
    private final @Nullable Path store;
    private final @Nullable DtlsSecurity dtls;
    private final GatewayConfig config;

    /** Options that are right by themselves do not fit together. */
    static final class Misfit extends IllegalArgumentException {
        private final String path;

        Misfit(String path, IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    GatewaySettings(
            Map<String, Setting> settings,
            Map<Integer, Setting> topics,
            Map<String, Map<Integer, Setting>> topicsByClient,
            byte[] password,
            Logins logins,
            TopicRules topicRules,
            @Nullable BrokerTls tls,
            @Nullable Path store,
            @Nullable DtlsSecurity dtls) {
        this.settings = settings;
        this.topics = new TreeMap<>(topics);
        this.topicsByClient = new TreeMap<>(topicsByClient);
        hasPassword = password.length > 0;
        this.tls = tls;
        this.store = store;
        this.dtls = dtls;
        config = build(password, logins, topicRules);
    }

    private GatewayConfig build(byte[] password, Logins logins, TopicRules topicRules) {
        GatewayConfigBuilder builder = GatewayConfig.builder();
        for (Option option : Options.ALL.values()) {
            option.effect().accept(builder, value(option.path()));
        }
        attempt(Options.BACKOFF_MAX, () -> builder.backoffMs(number(Options.BACKOFF_MIN), number(Options.BACKOFF_MAX)));
        builder.password(password).logins(logins).topicRules(topicRules);
        topics.forEach((id, topic) -> builder.predefined(id, (String) topic.value()));
        topicsByClient.forEach(
                (client, own) -> own.forEach((id, topic) -> builder.predefined(client, id, (String) topic.value())));
        attempt(Options.FORWARDERS, () -> addForwarders(builder));
        attempt(Options.DISCOVERY, () -> addDiscovery(builder));
        GatewayConfig[] built = new GatewayConfig[1];
        attempt("limits.topic_octets", () -> built[0] = builder.build());
        return built[0];
    }

    private static void attempt(String path, Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            throw new Misfit(path, e);
        }
    }

    private void addDiscovery(GatewayConfigBuilder builder) {
        MulticastGroup group = discovery().orElse(null);
        if (group != null) {
            builder.broadcastListener(discoveryListener(group));
        }
    }

    /** {@return the first listener of the group's family of addresses, whose address clients will learn} */
    private int discoveryListener(MulticastGroup group) {
        for (int i = 0; i < listeners().size(); i++) {
            Endpoint listener = listeners().get(i);
            if (listener.scheme().equals("udp") && listener.host().contains(":") == group.isV6()) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "needs a listener of its family, such as " + (group.isV6() ? "udp://[::]:1884" : "udp://0.0.0.0:1884"));
    }

    /** One that has an address is served on every listener, the other end of a link on that. */
    private void addForwarders(GatewayConfigBuilder builder) {
        for (String uri : Options.texts(value(Options.FORWARDERS))) {
            Endpoint forwarder = Options.forwarder(uri);
            if (forwarder.isLink()) {
                int listener = listeners().indexOf(forwarder);
                if (listener < 0) {
                    throw new IllegalArgumentException(uri + " is none of gateway.listen");
                }
                builder.forwarder(Peer.of(listener, LinkListener.otherEnd()));
                continue;
            }
            InetSocketAddress address;
            try {
                address = forwarder.resolve();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("no address is known for " + uri, e);
            }
            byte[] ip = address.getAddress().getAddress();
            byte[] octets = new byte[ip.length + 2];
            System.arraycopy(ip, 0, octets, 0, ip.length);
            octets[ip.length] = (byte) (address.getPort() >>> 8);
            octets[ip.length + 1] = (byte) address.getPort();
            for (int listener = 0; listener < listeners().size(); listener++) {
                builder.forwarder(Peer.of(listener, octets));
            }
        }
    }

    /** @return what the core is told */
    public GatewayConfig config() {
        return config;
    }

    /** @return where clients are served, at least one; numbered in this order */
    public List<Endpoint> listeners() {
        return Options.texts(value(Options.LISTEN)).stream()
                .map(Options::listener)
                .toList();
    }

    /** @return how often the gateway tells how it is, ms */
    public long statusEveryMs() {
        return number(Options.STATUS_EVERY) * 1_000L;
    }

    /** @return the multicast group in which clients find the gateway */
    public Optional<MulticastGroup> discovery() {
        return Optional.ofNullable(Options.discovery((String) value(Options.DISCOVERY)));
    }

    /** @return whether clients that found the gateway in its group learn this listener's address */
    public boolean isDiscovered(int listener) {
        return Arrays.stream(config.broadcastListeners()).anyMatch(number -> number == listener);
    }

    /** @return how {@code dtls://} listeners know clients; empty when there is no such listener */
    public Optional<DtlsSecurity> dtls() {
        return Optional.ofNullable(dtls);
    }

    /** @return the MQTT brokers, at least one, the first choice first */
    public List<Endpoint> brokers() {
        return brokers(text(Options.BROKER), Options.texts(value(Options.FALLBACK)));
    }

    static List<Endpoint> brokers(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream())
                .map(Options::broker)
                .toList();
    }

    /** @return the brokers as {@code GatewayLoop} wants them, in the same order */
    public List<Broker> targets() {
        return brokers().stream()
                .map(uri -> new Broker(
                        uri.unresolved(), uri.isSecure() ? tls : null, uri.isWebSocket() ? uri.path() : null))
                .toList();
    }

    /** @return DTLS sessions that there may be at one time, those of all listeners together */
    public int dtlsSessions() {
        long listeners = listeners().stream().filter(Endpoint::isDtls).count();
        return dtls == null ? 0 : (int) Math.min(Integer.MAX_VALUE, listeners * dtls.sessions());
    }

    /** @return where sessions are kept for the next process; empty: nowhere */
    public Optional<Path> store() {
        return Optional.ofNullable(store);
    }

    /** @return how large each of the two files of a journal may become, octets */
    public long storeOctets() {
        return (long) number(Options.STORE_SIZE) << 20;
    }

    /**
     * Compares these, which are in use, with newer ones.
     *
     * @return the options that differ and are read at the start only
     */
    public List<String> changesForRestart(GatewaySettings newer) {
        return Options.ALL.keySet().stream()
                .filter(path -> !value(path).equals(newer.value(path)))
                .filter(path -> !Options.isReloadable(path) || isKeyFileOfOne(path, newer))
                .toList();
    }

    private boolean isKeyFileOfOne(String path, GatewaySettings newer) {
        return path.equals(Options.DTLS_PSK)
                && text(path).isEmpty() != newer.text(path).isEmpty();
    }

    /** @return a level that tinylog knows */
    public String logLevel() {
        return text(Options.LEVEL);
    }

    /** @return whether every packet shall be logged */
    public boolean logsPackets() {
        return logLevel().equals("debug") || logLevel().equals("trace");
    }

    /** @return where metrics are served, a loopback address; empty: nowhere */
    public Optional<InetSocketAddress> http() {
        return text(Options.HTTP).isEmpty() ? Optional.empty() : Optional.of(Options.http(text(Options.HTTP)));
    }

    /** @return all options as a TOML file that has the same effect, each with its origin; no secret is in it */
    public String describe() {
        StringBuilder out = new StringBuilder();
        String section = "";
        for (Option option : Options.ALL.values()) {
            if (!option.section().equals(section)) {
                section = option.section();
                out.append(out.isEmpty() ? "" : "\n")
                        .append('[')
                        .append(section)
                        .append("]\n");
            }
            line(out, option.key(), setting(option.path()));
            if (option.path().equals(Options.PASSWORD_FILE) && hasPassword) {
                out.append("# password = ********\n");
            }
        }
        describe(out, "topics", topics);
        topicsByClient.forEach((client, own) -> describe(out, "client." + Toml.quoted(client) + ".topics", own));
        return out.toString();
    }

    private static void describe(StringBuilder out, String section, Map<Integer, Setting> table) {
        if (!table.isEmpty()) {
            out.append("\n[").append(section).append("]\n");
            table.forEach((id, topic) -> line(out, String.valueOf(id), topic));
        }
    }

    private static void line(StringBuilder out, String key, Setting setting) {
        String assignment = key + " = " + Toml.text(setting.value());
        out.append(String.format("%-40s # %s%n", assignment, setting.origin()));
    }

    private Setting setting(String path) {
        Setting setting = settings.get(path);
        if (setting == null) {
            throw new IllegalStateException("no setting " + path);
        }
        return setting;
    }

    private Object value(String path) {
        return setting(path).value();
    }

    private int number(String path) {
        return (Integer) value(path);
    }

    private String text(String path) {
        return (String) value(path);
    }
}

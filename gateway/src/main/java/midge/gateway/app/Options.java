package midge.gateway.app;

import static java.util.stream.Collectors.toMap;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import midge.gateway.config.AllowList;
import midge.gateway.config.ClientBinding;
import midge.gateway.config.Durability;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.net.DtlsSecurity.ClientCertificates;
import midge.gateway.net.MulticastGroup;
import midge.settings.Toml;
import midge.wire.Ranges;
import org.jspecify.annotations.Nullable;

/** All options, in the order in which they are written. Ranges are those of {@link GatewayConfigBuilder}, which judges every value. */
final class Options {
    static final String LISTEN = "gateway.listen";
    static final String DISCOVERY = "gateway.discovery";
    static final String BROKER = "broker.uri";
    static final String FALLBACK = "broker.fallback";
    static final String CREDENTIALS = "broker.credentials_file";
    static final String CAFILE = "broker.cafile";
    static final String CERT = "broker.cert";
    static final String KEY = "broker.key";
    static final String INSECURE = "broker.insecure";
    static final String ALPN = "broker.alpn";
    static final String USER = "broker.user";
    static final String PASSWORD_FILE = "broker.password_file";
    static final String BACKOFF_MIN = "broker.backoff_min_ms";
    static final String BACKOFF_MAX = "broker.backoff_max_ms";
    static final String FORWARDERS = "forwarders.addresses";
    static final String ALLOW = "access.allow";
    static final String TOPICS_FILE = "access.topics_file";
    static final String DTLS_PSK = "dtls.psk_file";
    static final String DTLS_CERT = "dtls.cert";
    static final String DTLS_KEY = "dtls.key";
    static final String DTLS_CAFILE = "dtls.cafile";
    static final String DTLS_ASK = "dtls.client_cert";
    static final String DTLS_SESSIONS = "dtls.sessions";
    static final String DTLS_STALE = "dtls.stale_s";
    static final String LEVEL = "logging.level";
    static final String HTTP = "http.address";
    static final String STATUS_EVERY = "status.every_s";
    static final String STORE = "store.directory";
    static final String STORE_SIZE = "store.size_mib";

    static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");
    private static final Set<String> RELOADABLE =
            Set.of(USER, PASSWORD_FILE, CREDENTIALS, CAFILE, CERT, KEY, INSECURE, ALPN, DTLS_PSK);
    static final Map<String, Option> ALL = all();

    private static final int LONGEST_PAUSE_MS = 3_600_000;
    private static final int SHORTEST_PAUSE_MS = 10;

    private Options() {}

    private static Map<String, Option> all() {
        List<Option> options = new ArrayList<>();
        options.add(number("gateway.id", 1, GatewayConfigBuilder::gatewayId));
        options.add(list(LISTEN, List.of("udp://127.0.0.1:1884"), Options::checkListeners));
        options.add(text(DISCOVERY, "", (b, uri) -> discovery(uri)));
        options.add(number("gateway.advertise_s", 900, GatewayConfigBuilder::advertiseS));
        options.add(text(DTLS_PSK, "", (b, file) -> {}));
        options.add(text(DTLS_CERT, "", (b, file) -> {}));
        options.add(text(DTLS_KEY, "", (b, file) -> {}));
        options.add(text(DTLS_CAFILE, "", (b, file) -> {}));
        options.add(text(DTLS_ASK, "required", (b, word) -> clientCertificates(word)));
        options.add(list("dtls.bind", List.of("* " + ClientBinding.SAME), (b, r) -> b.binding(ClientBinding.of(r))));
        options.add(number(DTLS_SESSIONS, 10_000, (b, count) -> Ranges.check("dtlsSessions", count, 1, 1_000_000)));
        options.add(number(DTLS_STALE, 3_600, (b, s) -> Ranges.check("dtlsStaleS", s, 1, 2_592_000)));
        options.add(text(BROKER, "mqtt://127.0.0.1:1883", (b, uri) -> broker(uri)));
        options.add(list(FALLBACK, List.of(), Options::fallback));
        options.add(text(USER, "", GatewayConfigBuilder::userName));
        options.add(text(PASSWORD_FILE, "", (b, file) -> {}));
        options.add(text(CREDENTIALS, "", (b, file) -> {}));
        options.add(text(CAFILE, "", (b, file) -> {}));
        options.add(text(CERT, "", (b, file) -> {}));
        options.add(text(KEY, "", (b, file) -> {}));
        options.add(toggle(INSECURE, false, (b, insecure) -> {}));
        options.add(list(ALPN, List.of(), (b, protocols) -> checkAlpn(protocols)));
        options.add(number("broker.mqtt_version", 4, GatewayConfigBuilder::mqttVersion));
        options.add(toggle("broker.aggregate", false, GatewayConfigBuilder::aggregating));
        options.add(number("broker.session_expiry_s", 604_800, GatewayConfigBuilder::sessionExpiryS));
        options.add(number("broker.keep_alive_s", 60, GatewayConfigBuilder::brokerKeepAliveS));
        options.add(number("broker.timeout_ms", 10_000, GatewayConfigBuilder::brokerTimeoutMs));
        options.add(number(BACKOFF_MIN, 500, (b, ms) -> b.backoffMs(ms, LONGEST_PAUSE_MS)));
        options.add(number(BACKOFF_MAX, 60_000, (b, ms) -> b.backoffMs(SHORTEST_PAUSE_MS, ms)));
        options.add(number("timing.retry_ms", 10_000, GatewayConfigBuilder::retryMs));
        options.add(number("timing.retry_limit", 3, GatewayConfigBuilder::retryLimit));
        options.add(number("timing.wait_ms", 301_000, GatewayConfigBuilder::waitMs));
        options.add(number("timing.idle_limit_s", 86_400, GatewayConfigBuilder::idleLimitS));
        options.add(number("timing.stranger_ms", 10_000, GatewayConfigBuilder::strangerMs));
        options.add(number("timing.late_copy_ms", 1_000, GatewayConfigBuilder::lateCopyMs));
        options.add(number("limits.clients", 10_000, GatewayConfigBuilder::maxSessions));
        options.add(number("limits.client_id_octets", 64, GatewayConfigBuilder::maxClientId));
        options.add(number("limits.datagram_octets", 1_400, GatewayConfigBuilder::maxDatagram));
        options.add(number("limits.topic_octets", 256, GatewayConfigBuilder::maxTopic));
        options.add(number("limits.topics_per_client", 256, GatewayConfigBuilder::topicsPerClient));
        options.add(number("limits.topics_mib", 32, GatewayConfigBuilder::topicsMiB));
        options.add(number("limits.queue_messages", 1_000, GatewayConfigBuilder::queueMessages));
        options.add(number("limits.queue_octets", 262_144, GatewayConfigBuilder::queueOctets));
        options.add(number("limits.outgoing_octets", 16_384, GatewayConfigBuilder::outgoingOctets));
        options.add(number("limits.upstream_window", 1, GatewayConfigBuilder::upstreamWindow));
        options.add(number("limits.pool_mib", 64, GatewayConfigBuilder::poolMiB));
        options.add(text(STORE, "", (b, directory) -> {}));
        options.add(text("store.durability", "always", Options::durability));
        options.add(number("store.batch_ms", 100, GatewayConfigBuilder::storeBatchMs));
        options.add(number(STORE_SIZE, 512, (b, mib) -> Ranges.check("storeSizeMiB", mib, 1, 65_536)));
        options.add(toggle("unconnected.publish", true, GatewayConfigBuilder::unconnectedPublish));
        options.add(toggle("unconnected.names", false, GatewayConfigBuilder::unconnectedNames));
        options.add(text("unconnected.client_id", "", Options::unconnectedClientId));
        options.add(toggle("forwarders.any", false, GatewayConfigBuilder::anyForwarder));
        options.add(list(FORWARDERS, List.of(), (b, uris) -> uris.forEach(Options::forwarder)));
        options.add(list(ALLOW, List.of(), (b, rules) -> b.allowed(AllowList.of(rules))));
        options.add(text(TOPICS_FILE, "", (b, file) -> {}));
        options.add(number("access.client_rate", 0, GatewayConfigBuilder::clientRate));
        options.add(number("access.client_burst", 50, GatewayConfigBuilder::clientBurst));
        options.add(number("access.address_rate", 0, GatewayConfigBuilder::addressRate));
        options.add(number("access.address_burst", 500, GatewayConfigBuilder::addressBurst));
        options.add(text("status.topic", "", GatewayConfigBuilder::statusTopic));
        options.add(number(STATUS_EVERY, 60, (b, s) -> Ranges.check("statusEveryS", s, 1, 86_400)));
        options.add(text(LEVEL, "info", (b, level) -> checkLevel(level)));
        options.add(text(HTTP, "", (b, address) -> http(address)));
        return options.stream().collect(toMap(Option::path, o -> o, (a, b) -> a, LinkedHashMap::new));
    }

    /** @return whether a running gateway takes a new value of it; pre-defined topics are taken too */
    static boolean isReloadable(String path) {
        return path.startsWith("access.") || path.equals(LEVEL) || RELOADABLE.contains(path);
    }

    static Option of(String path) {
        Option option = ALL.get(path);
        if (option == null) {
            throw new IllegalStateException("no option " + path);
        }
        return option;
    }

    static Endpoint udp(String uri) {
        return Endpoint.parse(uri, Map.of("udp", 1884));
    }

    static Endpoint listener(String uri) {
        return Endpoint.listener(uri);
    }

    /** {@return the group in which the gateway is found, null for an empty text} */
    static @Nullable MulticastGroup discovery(String text) {
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split("\\?interface=", 2);
        Endpoint endpoint = Endpoint.parse(parts[0], Map.of("udp+multicast", 1883));
        try {
            return MulticastGroup.of(endpoint.resolve(), parts.length == 1 ? "" : parts[1]);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address is known for host '" + endpoint.host() + "'", e);
        }
    }

    /** {@return an address of UDP, or a link that clients are served on} */
    static Endpoint forwarder(String uri) {
        Endpoint endpoint = listener(uri);
        return endpoint.isLink() ? endpoint : udp(uri);
    }

    static ClientCertificates clientCertificates(String word) {
        for (ClientCertificates each : ClientCertificates.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("must be one of required, optional, none");
    }

    static Endpoint broker(String uri) {
        return Endpoint.parse(uri, Endpoint.BROKERS);
    }

    /** {@return where the page for monitoring is served; it has no password, so this machine alone may ask} */
    static InetSocketAddress http(String address) {
        if (address.isEmpty()) {
            return new InetSocketAddress(0);
        }
        Endpoint endpoint;
        InetSocketAddress resolved;
        try {
            endpoint = Endpoint.parse("http://" + address, Map.of("http", 0));
            resolved = endpoint.resolve();
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new IllegalArgumentException("expected 127.0.0.1:PORT", e);
        }
        if (!resolved.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "only a loopback address is served, such as 127.0.0.1:" + endpoint.port());
        }
        return resolved;
    }

    private static void checkListeners(GatewayConfigBuilder builder, List<String> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("names no listener, such as udp://127.0.0.1:1884");
        }
        uris.forEach(Options::listener);
    }

    private static void fallback(GatewayConfigBuilder builder, List<String> uris) {
        uris.forEach(Options::broker);
        builder.brokers(1 + uris.size());
    }

    private static void checkAlpn(List<String> protocols) {
        for (String protocol : protocols) {
            if (protocol.isEmpty() || protocol.length() > 255) {
                throw new IllegalArgumentException("holds " + Toml.text(protocol) + ", must hold 1 to 255 octets each");
            }
        }
    }

    private static void checkLevel(String level) {
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", LEVELS));
        }
    }

    private static void durability(GatewayConfigBuilder builder, String name) {
        for (Durability durability : Durability.values()) {
            if (name.equals(durability.name().toLowerCase(Locale.ROOT))) {
                builder.durability(durability);
                return;
            }
        }
        throw new IllegalArgumentException("must be one of always, batch, off");
    }

    private static void unconnectedClientId(GatewayConfigBuilder builder, String id) {
        if (!id.isEmpty()) {
            builder.unconnectedClientId(id);
        }
    }

    private static Option number(String path, int standard, BiConsumer<GatewayConfigBuilder, Integer> effect) {
        return new Option(path, standard, (builder, value) -> effect.accept(builder, (Integer) value));
    }

    private static Option toggle(String path, boolean standard, BiConsumer<GatewayConfigBuilder, Boolean> effect) {
        return new Option(path, standard, (builder, value) -> effect.accept(builder, (Boolean) value));
    }

    private static Option text(String path, String standard, BiConsumer<GatewayConfigBuilder, String> effect) {
        return new Option(path, standard, (builder, value) -> effect.accept(builder, (String) value));
    }

    private static Option list(
            String path, List<String> standard, BiConsumer<GatewayConfigBuilder, List<String>> effect) {
        return new Option(path, standard, (builder, value) -> effect.accept(builder, texts(value)));
    }

    static List<String> texts(Object list) {
        List<String> texts = new ArrayList<>();
        for (Object item : (List<?>) list) {
            if (!(item instanceof String text)) {
                throw new IllegalArgumentException("holds " + Toml.text(item) + ", must hold texts in quotes");
            }
            texts.add(text);
        }
        return texts;
    }
}

package midge.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import midge.board.jvm.HostLink;
import midge.board.jvm.LinkUri;
import midge.board.jvm.SelectorIdle;
import midge.mqtt.client.MqttClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that pub and sub share, with mosquitto's letters. */
final class BrokerOptions {
    static final int DEFAULT_PORT = 1883;
    /** Four octets of remaining length allow so much (§1.5.5). */
    static final int LARGEST_PACKET = 268_435_460;

    private static final int TLS_PORT = 8883;
    private static final String[] SCHEMES = {"mqtt", "mqtts", "ws", "wss"};

    @Option(
            names = {"-L", "--url"},
            paramLabel = "URL",
            description = "In place of -h, -p, -u, -P and -t: mqtt[s]://[USER[:PASSWORD]@]HOST[:PORT][/TOPIC], or"
                    + " ws[s]://[USER[:PASSWORD]@]HOST[:PORT][/PATH] for WebSocket (PATH by default: mqtt).")
    private @Nullable String url;

    @Option(
            names = {"-h", "--host"},
            paramLabel = "HOST",
            description = "The broker's host. Default: localhost")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The broker's port. Default: 1883, with TLS 8883; 8883 asks for TLS.")
    private @Nullable Integer port;

    @Option(
            names = {"-i", "--id"},
            paramLabel = "ID",
            description = "Client id. Default: the command's name and a random number.")
    private @Nullable String id;

    @Option(
            names = {"-k", "--keepalive"},
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Keep alive, 5..65535. Default: ${DEFAULT-VALUE}")
    private int keepAliveS;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "User name.")
    private @Nullable String user;

    @Option(
            names = {"-P", "--pw"},
            paramLabel = "PASSWORD",
            description = "Password; other users of this machine can see it in the process list.")
    private @Nullable String password;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Password: this file's first line. The variable MIDGE_PASSWORD will do as well.")
    private @Nullable Path passwordFile;

    @Option(
            names = {"-I", "--id-prefix"},
            paramLabel = "PREFIX",
            description = "Client id made of this and the process id.")
    private @Nullable String idPrefix;

    @Option(
            names = {"-x", "--session-expiry-interval"},
            paramLabel = "SECONDS",
            description = "MQTT 5: how long the broker keeps the session after the end of the connection; -1 for ever.")
    private @Nullable Long sessionExpiryS;

    @Option(
            names = "--max-packet",
            paramLabel = "OCTETS",
            description =
                    "The largest packet to send (pub) or receive (sub), 1024..268435460. Default: pub whatever the"
                            + " broker takes, sub 2097152; MQTT 5 tells the broker.")
    private @Nullable Integer packetSizeMax;

    @Option(names = "--quiet", description = "No error messages; the exit code still tells.")
    private boolean quiet;

    @Mixin
    private final LinkOptions link = new LinkOptions();

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    @Mixin
    private final WillOptions will = new WillOptions();

    @Mixin
    private final PropertyOptions properties = new PropertyOptions();

    @Option(
            names = {"-V", "--protocol-version"},
            paramLabel = "VERSION",
            description = "mqttv31, mqttv311 (default; with -D mqttv5) or mqttv5; 31, 311 and 5 do as well.")
    private @Nullable String version;

    /** {@return where the broker is, without user and password} */
    LinkUri uri() {
        LinkUri named = url();
        if (named != null) {
            if (tls.isAsked() && !named.isSecure()) {
                throw new UserError(
                        ExitCode.USAGE, "the options for TLS need mqtts:// or wss://, not " + named.scheme() + "://");
            }
            return new LinkUri(
                    named.scheme(), named.host(), named.port(), null, named.isWebSocket() ? named.path() : "");
        }
        boolean secure = tls.isAsked() || (port != null && port == TLS_PORT);
        int chosen = port != null ? port : secure ? TLS_PORT : DEFAULT_PORT;
        if (chosen < 1 || chosen > 65535) {
            throw new UserError(ExitCode.USAGE, "-p is " + chosen + ", must be 1..65535");
        }
        return new LinkUri(secure ? "mqtts" : "mqtt", host == null ? "localhost" : host, chosen, null);
    }

    private @Nullable LinkUri url() {
        if (url == null) {
            return null;
        }
        if (host != null || port != null) {
            throw new UserError(ExitCode.USAGE, "-L names host and port already: leave out -h and -p");
        }
        try {
            return LinkUri.parseWithPath(url, Set.of(SCHEMES));
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "-L: " + e.getMessage());
        }
    }

    /** {@return the topic in the URL; {@code missing} names the option that is missed when there is none} */
    String topic(String missing) {
        LinkUri named = url();
        String topic = named == null || named.isWebSocket() ? "" : named.topic();
        if (topic.isEmpty()) {
            throw new UserError(ExitCode.USAGE, "Missing required option: '" + missing + "'");
        }
        return topic;
    }

    /** {@return what makes the link to {@link #uri}} */
    Function<SelectorIdle, HostLink> opener() {
        LinkUri uri = uri();
        if (uri.isWebSocket() && tls.hasAlpn()) {
            throw new UserError(ExitCode.USAGE, "--tls-alpn means nothing with wss://: it is HTTP");
        }
        return link.opener(uri, uri.isSecure() ? tls.config() : null, version());
    }

    /** {@return the bare properties that {@code -D} gives for {@code packet}} */
    byte[] properties(String packet) {
        return properties.bare(packet);
    }

    /** {@return the largest packet to send or receive, octets} */
    int packetSizeMax(int absent) {
        int octets = packetSizeMax == null ? absent : packetSizeMax;
        if (octets < 1024 || octets > LARGEST_PACKET) {
            throw new UserError(
                    ExitCode.USAGE, "--max-packet is " + octets + ", must be 1024.." + LARGEST_PACKET + " octets");
        }
        return octets;
    }

    boolean hasSessionExpiry() {
        return sessionExpiryS != null;
    }

    boolean isQuiet() {
        return quiet;
    }

    String clientId(String command) {
        if (id != null && idPrefix != null) {
            throw new UserError(ExitCode.USAGE, "-i and -I exclude each other");
        }
        if (id != null) {
            return id;
        }
        // In containers many programs have process id 1: that alone would make them end each other's connections.
        return idPrefix != null
                ? idPrefix + ProcessHandle.current().pid()
                : String.format("%s-%08x", command, ThreadLocalRandom.current().nextInt());
    }

    boolean hasId() {
        return id != null;
    }

    int keepAliveS() {
        if (keepAliveS < 5 || keepAliveS > 65535) {
            throw new UserError(ExitCode.USAGE, "-k is " + keepAliveS + ", must be 5..65535");
        }
        return keepAliveS;
    }

    private byte @Nullable [] user() {
        LinkUri named = url();
        String name = user != null || named == null ? user : named.user();
        return name == null ? null : name.getBytes(StandardCharsets.UTF_8);
    }

    private byte @Nullable [] password() {
        LinkUri named = url();
        byte[] name = user();
        if (name == null && version() < 5 && (password != null || passwordFile != null)) {
            throw new UserError(
                    ExitCode.USAGE, (password != null ? "-P" : "--password-file") + " needs -u before MQTT 5");
        }
        if (password != null && passwordFile != null) {
            throw new UserError(ExitCode.USAGE, "-P and --password-file exclude each other");
        }
        if (passwordFile != null) {
            return Credentials.firstLine(passwordFile);
        }
        String ofUrl = named == null ? null : named.password();
        String ofEnvironment = name == null ? null : System.getenv("MIDGE_PASSWORD");
        String secret = password != null ? password : ofUrl != null ? ofUrl : ofEnvironment;
        return secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the protocol level: 3, 4 or 5} */
    int version() {
        if (version == null) {
            return properties.isAsked() ? 5 : 4;
        }
        return switch (version) {
            case "mqttv31", "31" -> 3;
            case "mqttv311", "311" -> 4;
            case "mqttv5", "5" -> 5;
            default ->
                throw new UserError(ExitCode.USAGE, "-V is '" + version + "', must be mqttv31, mqttv311 or mqttv5");
        };
    }

    /** Sets in {@code builder} what these options say; {@code -D connect} wins over what was set before. */
    MqttClientConfig.Builder apply(MqttClientConfig.Builder builder, String command, boolean keepSession) {
        int level = version();
        builder.version(level)
                .clientId(clientId(command).getBytes(StandardCharsets.UTF_8))
                .keepAliveS(keepAliveS());
        byte[] name = user();
        if (name != null) {
            builder.userName(name);
        }
        byte[] secret = password();
        if (secret != null) {
            builder.password(secret);
        }
        if (sessionExpiryS != null && level != 5) {
            throw new UserError(
                    ExitCode.USAGE, "-x needs -V mqttv5: older versions keep a session for ever or not at all");
        }
        if (sessionExpiryS != null) {
            builder.sessionExpiryS(sessionExpiryS == -1 ? MqttClientConfig.NEVER_EXPIRES : sessionExpiryS);
        } else if (keepSession && level == 5) {
            builder.sessionExpiryS(MqttClientConfig.NEVER_EXPIRES);
        }
        will.apply(builder);
        properties.check(level);
        properties.apply(builder);
        return builder;
    }

    TlsOptions tls() {
        return tls;
    }

    WillOptions will() {
        return will;
    }
}

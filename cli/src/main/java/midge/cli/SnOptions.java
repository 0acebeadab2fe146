package midge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import midge.board.DatagramLinks;
import midge.board.jvm.DtlsCredentials;
import midge.board.jvm.DtlsLink;
import midge.board.jvm.LinkUri;
import midge.board.jvm.PeersLink;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpGroup;
import midge.board.jvm.UdpLink;
import midge.board.jvm.UdpPeersLink;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** What pub and sub need to know about MQTT-SN; {@code --sn} chooses it. */
final class SnOptions {
    /** Where Eclipse Paho's gateway listens for searches if nobody tells it otherwise. */
    private static final String USUAL_GROUP = UdpGroup.SCHEME + "://225.1.1.1:1883";

    private static final int RETRIES = 5;
    /** How long a gateway that says "congestion" is left alone. */
    private static final int WAIT_MS = 2_000;
    /** Room for one message and its neighbours; a UDP datagram holds less than this. */
    private static final int OUTBOX_OCTETS = 16 * 1024;

    private static final int CLIENT_ID_MAX = 23;
    /** The options of pub and sub that mean something with MQTT-SN; others are refused. */
    private static final Set<String> MEANT = Set.of(
            "--sn",
            "--predefined",
            "--full-names",
            "--retry",
            "--topic-type",
            "--sleep",
            "--topic",
            "--qos",
            "--message",
            "--null-message",
            "--file",
            "--stdin-file",
            "--stdin-line",
            "--retain",
            "--repeat",
            "--repeat-delay",
            "--id",
            "--id-prefix",
            "--keepalive",
            "--quiet",
            "--will-topic",
            "--will-payload",
            "--will-qos",
            "--will-retain",
            "--verbose",
            "--filter-out",
            "--disable-clean-session",
            "--unsubscribe",
            "--retained-only",
            "--remove-retained",
            "-N",
            "-R",
            "-C",
            "-W",
            "-E",
            "-F");

    /** And those that mean something with DTLS. */
    private static final Set<String> OF_DTLS =
            Set.of("--psk", "--psk-identity", "--cafile", "--cert", "--key", "--insecure");

    @Option(
            names = "--sn",
            arity = "0..1",
            fallbackValue = USUAL_GROUP,
            paramLabel = "URI",
            description =
                    "Use MQTT-SN, by the gateway at udp://HOST:PORT (port by default 1884) or dtls:// (8883, with --psk or"
                            + " --cafile); may be repeated, the others"
                            + " are for when one is lost. udp+multicast://GROUP:PORT[?interface=NAME] searches for gateways;"
                            + " so does --sn alone, at ${FALLBACK-VALUE}."
                            + " serial:///dev/ttyUSB0[?speed=115200] is a gateway at a serial port.")
    private @Nullable List<String> uris;

    @Option(
            names = "--psk-identity",
            paramLabel = "NAME",
            description = "With dtls://: the identity of the key; without -i it is the client id too.")
    private @Nullable String identity;

    @Option(
            names = "--psk",
            paramLabel = "HEX",
            description = "With dtls://: the key that the gateway has for this identity, 16 to 64 octets in hex.")
    private @Nullable String key;

    @Option(
            names = "--predefined",
            paramLabel = "ID=TOPIC",
            description = "With --sn: a topic id that the gateway knows beforehand, 1..65534; may be repeated.")
    private List<String> predefined = List.of();

    @Option(
            names = "--retry",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "With --sn: T_retry, after which a frame without an answer is sent again, 5 times at most."
                    + " Default: ${DEFAULT-VALUE}")
    private double retryS;

    private @Nullable DtlsCredentials credentials;
    private @Nullable DirectLink direct;
    private boolean quiet;
    private int connectFlags;

    boolean isAsked() {
        return uris != null;
    }

    /** Throws for an option of {@code command} on the command line that has no meaning here, and names it. */
    void refuseOthers(CommandSpec command) {
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            boolean isOfDtls = OF_DTLS.contains(option.longestName());
            if (isOfDtls && !isDtls()) {
                throw new UserError(ExitCode.USAGE, option.names()[0] + " needs a gateway at dtls://");
            }
            if (!isOfDtls && !MEANT.contains(option.longestName())) {
                throw new UserError(ExitCode.USAGE, refusal(option));
            }
        }
    }

    private static String refusal(OptionSpec option) {
        String given = option.names()[0];
        return switch (option.longestName()) {
            case "--host", "--port", "--url" ->
                given + " names an MQTT broker; with --sn the URI names the gateway, and that knows the broker";
            case "--username", "--pw", "--password-file" ->
                given + " means nothing with --sn: MQTT-SN 1.2 has no user; the gateway has one for the broker";
            default -> given + " means nothing with --sn: MQTT-SN 1.2 has nothing like it";
        };
    }

    /** For an option of these that stands on the command line of MQTT. */
    void refuseWithoutSn() {
        if (key != null || identity != null) {
            throw new UserError(
                    ExitCode.USAGE,
                    "--psk and --psk-identity need a gateway, --sn dtls://host:port: Java's TLS has no pre-shared keys");
        }
        if (!predefined.isEmpty()) {
            throw new UserError(ExitCode.USAGE, "--predefined needs --sn: MQTT sends the topic's name always");
        }
    }

    /** {@return the URI of a link that needs no address, or null} */
    private @Nullable String directUri() {
        List<String> texts = uris == null ? List.of() : uris;
        if (texts.stream().noneMatch(DatagramLinks::isOne)) {
            return null;
        }
        if (texts.size() > 1) {
            throw new UserError(ExitCode.USAGE, "--sn: " + texts.get(0) + " and another gateway exclude each other");
        }
        return texts.get(0);
    }

    private List<LinkUri> links() {
        List<String> texts = uris == null ? List.of() : uris;
        List<LinkUri> links = texts.stream().map(SnOptions::link).toList();
        if (links.size() > 1 && links.stream().anyMatch(SnOptions::isGroup)) {
            throw new UserError(ExitCode.USAGE, "--sn either names gateways or searches in one group, not both");
        }
        if (links.stream().map(LinkUri::scheme).distinct().count() > 1) {
            throw new UserError(ExitCode.USAGE, "--sn: either all gateways are at dtls:// or none");
        }
        return links;
    }

    private static LinkUri link(String text) {
        if (text.startsWith(UdpGroup.SCHEME + ":")) {
            try {
                return LinkUri.parseWithPath(text, Set.of(UdpGroup.SCHEME));
            } catch (IllegalArgumentException e) {
                throw new UserError(ExitCode.USAGE, "--sn: " + e.getMessage());
            }
        }
        return Endpoints.uri("--sn", text, "udp", "dtls");
    }

    private static boolean isGroup(LinkUri uri) {
        return uri.scheme().equals(UdpGroup.SCHEME);
    }

    /** {@return the group to search in, or null when gateways are named} */
    @Nullable
    UdpGroup group() {
        if (directUri() != null) {
            return null;
        }
        LinkUri first = links().get(0);
        try {
            return isGroup(first) ? UdpGroup.of(first) : null;
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--sn: " + e.getMessage());
        }
    }

    private boolean isDtls() {
        return isAsked() && directUri() == null && links().get(0).scheme().equals("dtls");
    }

    /** {@return what the URI of a gateway begins with} */
    String scheme() {
        return isDtls() ? "dtls" : "udp";
    }

    /** Opens the link that the URIs name; {@link #client} comes first. */
    PeersLink open(SelectorIdle idle) throws IOException {
        if (direct != null) {
            direct.wakes(idle);
            return direct;
        }
        return credentials == null ? new UdpPeersLink(group(), idle) : new DtlsLink(credentials, idle);
    }

    private DtlsCredentials credentials(TlsOptions tls) {
        if (key == null && identity == null) {
            return tls.dtls();
        }
        if (key == null || identity == null || tls.isAsked()) {
            throw new UserError(
                    ExitCode.USAGE, "--psk and --psk-identity go together, and without --cafile, --cert and --key");
        }
        byte[] octets;
        try {
            octets = HexFormat.of().parseHex(key);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--psk is no key in hex, such as openssl rand -hex 16 makes");
        }
        try {
            return DtlsCredentials.key(identity, octets);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--psk: " + e.getMessage());
        }
    }

    /** {@return what to look at when there is no DTLS session} */
    String credentialAdvice() {
        return identity == null
                ? "--cafile, --cert and --key"
                : "and that the gateway has this key (--psk) for '" + identity + "' (--psk-identity)";
    }

    /** {@return what to look at when a gateway is silent} */
    String silenceAdvice(String where) {
        return direct == null
                ? "check the address, that no firewall drops UDP, and that the gateway runs, such as: midge gateway --listen "
                        + where
                : "check the cable, that both sides have the same speed and framing, and that a gateway listens there";
    }

    SnGateways gateways() {
        if (direct != null) {
            return direct;
        }
        List<LinkUri> links = links();
        return isGroup(links.get(0)) ? new SnFoundGateways(links.get(0)) : new SnNamedGateways(links);
    }

    /** {@return whether a PUBLISH of QoS -1 can carry {@code topic}} */
    boolean canBeUnconnected(Topic topic) {
        return topic.needsNoRegistration()
                || predefined.stream()
                        .anyMatch(text -> PredefinedTopic.parse(text).name().equals(topic.name()));
    }

    /** {@return the flags of a CONNECT that keeps nothing from before} */
    int connectFlags() {
        return connectFlags;
    }

    /** {@return what to do when a gateway answers but does not connect} */
    String advice() {
        return (connectFlags & SnFlags.WILL) != 0 ? "try it without the will" : "is its broker running?";
    }

    /** Prints a line for a person who watches. */
    void tell(String text) {
        if (!quiet) {
            System.err.println("midge: " + text);
        }
    }

    private int frameOctetsMax() {
        if (direct != null) {
            return Math.min(direct.mtu(), UdpLink.DEFAULT_MTU);
        }
        return credentials == null ? UdpLink.DEFAULT_MTU : DtlsLink.MTU;
    }

    /** {@return options of a client as the command line has them, to which a command adds sizes} */
    SnClientConfig.Builder client(BrokerOptions broker, String command, boolean keepSession) {
        quiet = broker.isQuiet();
        if (retryS < 0.1 || retryS > 60) {
            throw new UserError(ExitCode.USAGE, "--retry is " + retryS + ", must be 0.1..60");
        }
        credentials = isDtls() ? credentials(broker.tls()) : null;
        String directUri = directUri();
        direct = directUri == null ? null : new DirectLink(directUri);
        String name = identity == null || broker.hasId() ? broker.clientId(command) : identity;
        byte[] id = name.getBytes(StandardCharsets.UTF_8);
        SnClientConfig.Builder builder = SnClientConfig.builder(id)
                .cleanSession(!keepSession)
                .keepAliveS(broker.keepAliveS())
                .retryMs((int) Math.round(retryS * 1000))
                .retries(RETRIES)
                .waitMs(WAIT_MS)
                .frameOctetsMax(frameOctetsMax())
                .outboxOctets(OUTBOX_OCTETS)
                .replies(64)
                .inboundIds(64);
        if (id.length > CLIENT_ID_MAX) {
            builder.longClientId(); // who asks for one knows a gateway that takes it; others refuse it
        }
        for (String text : predefined) {
            PredefinedTopic topic = PredefinedTopic.parse(text);
            builder.predefined(topic.id(), topic.name().getBytes(StandardCharsets.UTF_8));
        }
        connectFlags =
                (keepSession ? 0 : SnFlags.CLEAN_SESSION) | (broker.will().apply(builder) ? SnFlags.WILL : 0);
        return builder;
    }
}

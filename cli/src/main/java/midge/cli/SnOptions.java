package midge.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import midge.board.jvm.LinkUri;
import midge.board.jvm.UdpGroup;
import midge.board.jvm.UdpLink;
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

    @Option(
            names = "--sn",
            arity = "0..1",
            fallbackValue = USUAL_GROUP,
            paramLabel = "URI",
            description =
                    "Use MQTT-SN, by the gateway at udp://HOST:PORT (port by default 1884); may be repeated, the others"
                            + " are for when one is lost. udp+multicast://GROUP:PORT[?interface=NAME] searches for gateways;"
                            + " so does --sn alone, at ${FALLBACK-VALUE}.")
    private @Nullable List<String> uris;

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

    private boolean quiet;
    private int connectFlags;

    boolean isAsked() {
        return uris != null;
    }

    /** Throws for an option of {@code command} on the command line that has no meaning here, and names it. */
    void refuseOthers(CommandSpec command) {
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            if (!MEANT.contains(option.longestName())) {
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
        if (!predefined.isEmpty()) {
            throw new UserError(ExitCode.USAGE, "--predefined needs --sn: MQTT sends the topic's name always");
        }
    }

    private List<LinkUri> links() {
        List<String> texts = uris == null ? List.of() : uris;
        List<LinkUri> links = texts.stream().map(SnOptions::link).toList();
        if (links.size() > 1 && links.stream().anyMatch(SnOptions::isGroup)) {
            throw new UserError(ExitCode.USAGE, "--sn either names gateways or searches in one group, not both");
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
        return Endpoints.uri("--sn", text, "udp");
    }

    private static boolean isGroup(LinkUri uri) {
        return uri.scheme().equals(UdpGroup.SCHEME);
    }

    /** {@return the group to search in, or null when gateways are named} */
    @Nullable
    UdpGroup group() {
        LinkUri first = links().get(0);
        try {
            return isGroup(first) ? UdpGroup.of(first) : null;
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--sn: " + e.getMessage());
        }
    }

    SnGateways gateways() {
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

    /** {@return options of a client as the command line has them, to which a command adds sizes} */
    SnClientConfig.Builder client(BrokerOptions broker, String command, boolean keepSession) {
        quiet = broker.isQuiet();
        if (retryS < 0.1 || retryS > 60) {
            throw new UserError(ExitCode.USAGE, "--retry is " + retryS + ", must be 0.1..60");
        }
        byte[] id = broker.clientId(command).getBytes(StandardCharsets.UTF_8);
        SnClientConfig.Builder builder = SnClientConfig.builder(id)
                .cleanSession(!keepSession)
                .keepAliveS(broker.keepAliveS())
                .retryMs((int) Math.round(retryS * 1000))
                .retries(RETRIES)
                .waitMs(WAIT_MS)
                .frameOctetsMax(UdpLink.DEFAULT_MTU)
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

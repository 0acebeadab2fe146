package midge.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import midge.board.jvm.LinkUri;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqttsn.client.SnClientConfig;
import midge.topic.TopicFilter;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midge sub}: prints messages, with mosquitto_sub's letters. */
@Command(
        name = "sub",
        description = "Subscribes over MQTT, or MQTT-SN with --sn, and prints each message, until Ctrl-C, -C or -W.",
        footer = {"", "Exit codes: 0 ended, 1 failed, 2 wrong option, 3 refused, 27 -W ran out, 130 Ctrl-C."})
final class SubCommand extends Helpful implements Callable<Integer> {
    private static final int PACKET_MAX = 2 * 1024 * 1024;
    private static final int BACKOFF_MS_MIN = 1_000;
    private static final int BACKOFF_MS_MAX = 30_000;
    /** Names that a gateway may register at one time for wildcards, and the room for them. */
    private static final int SN_TOPICS = 200;

    private static final int SN_TOPIC_OCTETS = 65_000;

    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    @Mixin
    private final SnOptions sn = new SnOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--topic-type",
            paramLabel = "TYPE",
            defaultValue = "name",
            description = "With --sn: name (default), short (two octets) or predefined (-t is the id).")
    private String topicType = "";

    @Option(
            names = "--sleep",
            paramLabel = "SECONDS",
            split = ",",
            description = "With --sn: sleep so long between wake-ups, 1..65535; the gateway keeps messages meanwhile."
                    + " 60,10 sleeps 60 s once and 10 s from then on.")
    private int[] sleepS = {};

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "FILTER",
            description = "Topic filter; may be repeated; needed unless the URL of -L has one or -U is given.")
    private List<String> filters = List.of();

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            defaultValue = "0",
            description = "Highest QoS wanted, 0 (default), 1 or 2.")
    private int qos;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the topic before each message.")
    private boolean verbose;

    @Option(names = "-N", description = "No end of line after a message.")
    private boolean withoutNewline;

    @Option(names = "-R", description = "Do not print retained messages that were there before.")
    private boolean withoutStale;

    @Option(
            names = {"-T", "--filter-out"},
            paramLabel = "FILTER",
            description = "Do not print messages whose topic matches; may be repeated.")
    private List<String> unwanted = List.of();

    @Option(names = "-C", paramLabel = "COUNT", description = "End after so many messages.")
    private long countMax = Long.MAX_VALUE;

    @Option(names = "-W", paramLabel = "SECONDS", description = "End after this time, with exit code 27.")
    private long seconds = -1;

    @Option(
            names = {"-c", "--disable-clean-session"},
            description = "Keep the session at the broker while away; needs -i.")
    private boolean keepSession;

    @Option(
            names = {"-U", "--unsubscribe"},
            paramLabel = "FILTER",
            description = "Take this filter off the kept session (-c), after -t was subscribed; may be repeated.")
    private List<String> left = List.of();

    @Option(names = "-E", description = "End when the broker has confirmed the subscriptions.")
    private boolean onlySubscribe;

    @Option(
            names = "--retain-as-published",
            description = "MQTT 5: messages keep the retain flag that their publisher gave them.")
    private boolean retainAsPublished;

    @Option(names = "--retained-only", description = "Print retained messages only, and end at the first other one.")
    private boolean retainedOnly;

    @Option(names = "--remove-retained", description = "Clear each retained message at the broker once it is printed.")
    private boolean removeRetained;

    @Option(
            names = "-F",
            paramLabel = "FORMAT",
            description =
                    "How to print a message: %%t topic, %%p payload, %%l length, %%q QoS, %%r retain, %%m packet id,"
                            + " %%x %%X payload in hex, %%U %%I time, %%j JSON, %%J JSON with a payload that is JSON"
                            + " itself, @X as strftime, %%%% percent, @@ at; of MQTT 5: %%A %%C %%D %%E %%F %%P %%R %%S;"
                            + " a width may follow %%, as in %%-20t or %%05l.")
    private @Nullable String formatText;

    private @Nullable MessageFormat format;
    private @Nullable MqttLoop connection;
    private @Nullable SnSubscriber snConnection;
    private boolean ended;
    private long count;

    @Override
    public Integer call() {
        if (sn.isAsked()) {
            return callSn();
        }
        sn.refuseWithoutSn();
        if (sleepS.length > 0 || !topicType.equals("name")) {
            throw new UserError(ExitCode.USAGE, "--sleep and --topic-type need --sn: MQTT has neither");
        }
        check();
        LinkUri uri = broker.uri();
        Subscriber subscriber = new Subscriber(filters, options(), this::print)
                .leaving(left)
                .properties(broker.properties("subscribe"), broker.properties("unsubscribe"));
        MqttLoop loop = new MqttLoop(uri.toString(), broker.opener(), configuration(), subscriber)
                .goodbye(broker.properties("disconnect"));
        connection = loop;
        long deadlineMs = seconds < 0 ? Long.MAX_VALUE : loop.nowMs() + seconds * 1000;
        try (Interrupt interrupt = new Interrupt(loop::wake);
                loop) {
            loop.connect();
            subscriber.subscribe(loop.client(), loop.nowMs());
            loop.run(() -> subscriber.isAnswered() || loop.isClosed() || isDone(interrupt), deadlineMs);
            subscriber.complain();
            if (onlySubscribe && subscriber.isAnswered()) {
                return ExitCode.OK;
            }
            long backoffMs = BACKOFF_MS_MIN;
            boolean away = false;
            while (!loop.run(() -> loop.isClosed() || isDone(interrupt), deadlineMs) || !isDone(interrupt)) {
                if (loop.nowMs() >= deadlineMs) {
                    return ExitCode.TIMED_OUT;
                }
                if (subscriber.isTooLarge()) {
                    throw new UserError(
                            ExitCode.FAILED,
                            "a packet came that is larger than --max-packet " + broker.packetSizeMax(PACKET_MAX)
                                    + " octets; raise it");
                }
                if (!away && !broker.isQuiet()) {
                    System.err.println("midge: connection lost (" + loop.failure() + "), trying again");
                }
                loop.run(() -> isDone(interrupt), Math.min(deadlineMs, loop.nowMs() + backoffMs));
                away = !reconnect(loop, subscriber);
                backoffMs = away ? Math.min(2 * backoffMs, BACKOFF_MS_MAX) : BACKOFF_MS_MIN;
            }
            return ExitCode.OK;
        }
    }

    private int callSn() {
        sn.refuseOthers(Objects.requireNonNull(command));
        checkQos();
        for (int time : sleepS) {
            if (time < 1 || time > 65_535) {
                throw new UserError(ExitCode.USAGE, "--sleep is " + time + ", must be 1..65535");
            }
        }
        if (formatText != null && formatText.contains("%m")) {
            throw new UserError(ExitCode.USAGE, "-F: %m means nothing with --sn: the gateway chooses other ids");
        }
        if (removeRetained && sleepS.length > 0) {
            throw new UserError(ExitCode.USAGE, "--remove-retained publishes, which a client with --sleep cannot");
        }
        if (filters.isEmpty() && left.isEmpty()) {
            throw new UserError(ExitCode.USAGE, "Missing required option: '--topic=FILTER'");
        }
        List<SnTopic> topics =
                filters.stream().map(t -> SnTopic.parse(t, topicType)).toList();
        List<SnTopic> leaving =
                left.stream().map(t -> SnTopic.parse(t, topicType)).toList();
        checkPrinting();
        try {
            SnClientConfig config = sn.client(broker, "midge-sub", keepSession)
                    .topics(SN_TOPICS)
                    .topicOctets(SN_TOPIC_OCTETS)
                    .build();
            try (SnSubscriber subscriber = new SnSubscriber(sn, config, topics, leaving, qos, sleepS, this::print)) {
                snConnection = subscriber;
                return subscriber.run(
                        () -> ended || count >= countMax, seconds < 0 ? -1 : seconds * 1000, onlySubscribe);
            }
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private boolean isDone(Interrupt interrupt) {
        return ended || count >= countMax || interrupt.isAsked();
    }

    private static boolean reconnect(MqttLoop loop, Subscriber subscriber) {
        try {
            loop.connect();
            subscriber.subscribe(loop.client(), loop.nowMs());
            return true;
        } catch (UserError stillAway) {
            return false;
        }
    }

    /** {@return of each subscription (§3.8.3.1)} */
    private int options() {
        if (retainAsPublished && broker.version() < 5) {
            throw new UserError(ExitCode.USAGE, "--retain-as-published needs -V mqttv5");
        }
        return qos | (retainAsPublished ? MqttSubscribe.RETAIN_AS_PUBLISHED : 0);
    }

    private void check() {
        checkQos();
        if (filters.isEmpty() && left.isEmpty()) {
            filters = List.of(broker.topic("--topic=FILTER"));
        }
        filters.forEach(SubCommand::checkFilter);
        left.forEach(SubCommand::checkFilter);
        checkPrinting();
    }

    private void checkQos() {
        if (qos < 0 || qos > 2) {
            throw new UserError(ExitCode.USAGE, "-q is " + qos + ", must be 0, 1 or 2");
        }
    }

    private void checkPrinting() {
        if (countMax < 1) {
            throw new UserError(ExitCode.USAGE, "-C is " + countMax + ", must be 1 or more");
        }
        format = formatText == null ? null : new MessageFormat(formatText);
        unwanted.forEach(SubCommand::checkFilter);
        if (keepSession && !broker.hasId()) {
            throw new UserError(ExitCode.USAGE, "-c needs -i: the broker knows a session by its client id");
        }
    }

    private static void checkFilter(String filter) {
        byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
        int status = TopicFilter.check(octets, 0, octets.length);
        if (status == TopicFilter.SHARED_INVALID) {
            throw new UserError(ExitCode.USAGE, "'" + filter + "' is no shared subscription: $share/GROUP/FILTER");
        }
        if (status != Status.OK) {
            throw new UserError(
                    ExitCode.USAGE,
                    "'" + filter
                            + "' is no topic filter: # stands only at the end, + and # only alone between slashes");
        }
    }

    private MqttClientConfig configuration() {
        try {
            MqttClientConfig.Builder builder = new MqttClientConfig.Builder()
                    .packetSizeMax(broker.packetSizeMax(PACKET_MAX))
                    .receiveMax(100);
            return broker.apply(builder, "midge-sub", keepSession)
                    .clean(!keepSession)
                    .adoptSession(keepSession)
                    .sendBytes(256 * 1024)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private void print(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        if (retainedOnly && !publish.retain()) {
            ended = true;
        }
        boolean stale = withoutStale && publish.retain();
        if (ended || count >= countMax || isUnwanted(topic, topicOffset, topicLength)) {
            return;
        }
        if (removeRetained && publish.retain()) {
            remove(topic, topicOffset, topicLength);
        }
        if (stale) {
            return;
        }
        count++;
        try {
            write(topic, topicOffset, topicLength, publish);
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot write to standard output: " + e.getMessage());
        }
    }

    private void write(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) throws IOException {
        OutputStream out = System.out;
        if (format != null) {
            byte[] line = format.of(topic, topicOffset, topicLength, publish, Instant.now());
            if (line == null) {
                System.err.println("midge: the payload on " + text(topic, topicOffset, topicLength) + " is not JSON");
                return;
            }
            out.write(line);
        } else {
            if (verbose) {
                out.write(topic, topicOffset, topicLength);
                out.write(' ');
            }
            out.write(publish.buffer(), publish.payloadOffset(), publish.payloadLength());
        }
        if (!withoutNewline) {
            out.write('\n');
        }
        out.flush();
    }

    private static String text(byte[] topic, int offset, int length) {
        return new String(topic, offset, length, StandardCharsets.UTF_8);
    }

    /** An empty retained message takes the kept one away (§3.3.1.3). */
    private void remove(byte[] topic, int offset, int length) {
        if (snConnection != null) {
            snConnection.remove(topic, offset, length);
            return;
        }
        MqttLoop loop = Objects.requireNonNull(connection);
        int status = loop.client().publish(0, true, topic, offset, length, topic, 0, 0, loop.nowMs());
        if (status < Status.OK) {
            throw new UserError(ExitCode.FAILED, "cannot clear a retained message (status " + status + ")");
        }
    }

    private boolean isUnwanted(byte[] topic, int offset, int length) {
        for (String filter : unwanted) {
            byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
            if (TopicFilter.matches(octets, 0, octets.length, topic, offset, length)) {
                return true;
            }
        }
        return false;
    }
}

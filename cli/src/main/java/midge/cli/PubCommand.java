package midge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import midge.mqttsn.client.SnClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midge pub}: publishes with mosquitto_pub's letters, over MQTT or, with {@code --sn}, over MQTT-SN. */
@Command(
        name = "pub",
        description = "Publishes messages over MQTT, or over MQTT-SN with --sn.",
        footer = {"", "Exit codes: 0 published, 1 failed, 2 wrong option, 3 refused."})
final class PubCommand extends Helpful implements Callable<Integer> {
    /** What PUBLISH has beside topic and payload: header, length of the topic, packet identifier. */
    private static final int FRAME_OCTETS = 9;

    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    @Mixin
    private final SnOptions sn = new SnOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "Topic to publish to; needed unless the URL of -L has one.")
    private @Nullable String topic;

    @Option(
            names = "--topic-type",
            paramLabel = "TYPE",
            defaultValue = "name",
            description = "With --sn: name (default), short (two octets) or predefined (-t is the id).")
    private String topicType = "";

    @Option(
            names = "--full-names",
            description =
                    "With --sn and -q -1: send the topic's whole name, an extension that not every gateway reads.")
    private boolean fullNames;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            defaultValue = "0",
            description = "0 (default), 1 or 2; with --sn also -1, which needs no connection.")
    private int qos;

    @Option(
            names = {"-r", "--retain"},
            description = "The broker keeps the message for later subscribers.")
    private boolean retain;

    @Option(names = "--repeat", paramLabel = "COUNT", defaultValue = "1", description = "Publish so many times.")
    private int repeat;

    @Option(names = "--repeat-delay", paramLabel = "SECONDS", description = "Rest between two of them, such as 0.5.")
    private double repeatDelayS;

    /** Where the payload comes from. */
    static final class Source {
        @Option(
                names = {"-m", "--message"},
                paramLabel = "TEXT",
                description = "The payload.")
        private @Nullable String message;

        @Option(
                names = {"-n", "--null-message"},
                description = "An empty payload.")
        private boolean empty;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "The payload is this file.")
        private @Nullable Path file;

        @Option(
                names = {"-s", "--stdin-file"},
                description = "The payload is all of standard input.")
        private boolean stdin;

        @Option(
                names = {"-l", "--stdin-line"},
                description = "Each line of standard input is a message.")
        private boolean lines;
    }

    @Override
    public Integer call() {
        if (sn.isAsked()) {
            sn.refuseOthers(Objects.requireNonNull(command));
        } else {
            sn.refuseWithoutSn();
        }
        Topic to = Topic.parse(topic != null ? topic : broker.topic("--topic=TOPIC"), topicType);
        checkQos(to);
        checkRepeat();
        if (source.lines && !sn.isAsked()) {
            return publishLines(to);
        }
        byte[] payload = source.lines ? new byte[0] : payload();
        checkSize(to, payload);
        try (Publisher publisher = publisher(to)) {
            publisher.open();
            if (source.lines) {
                publishLinesOneByOne(publisher, to);
            } else {
                publishOften(publisher, to, payload);
            }
        }
        return ExitCode.OK;
    }

    private void publishOften(Publisher publisher, Topic to, byte[] payload) {
        for (int i = 0; i < repeat; i++) {
            if (i > 0 && repeatDelayS > 0) {
                publisher.rest((long) (repeatDelayS * 1000));
            }
            publisher.publish(to, payload, qos, retain);
        }
    }

    private void checkSize(Topic to, byte[] payload) {
        int limit = broker.packetSizeMax(BrokerOptions.LARGEST_PACKET);
        long octets = (long) payload.length + to.name().getBytes(StandardCharsets.UTF_8).length + FRAME_OCTETS;
        if (octets > limit) {
            throw new UserError(
                    ExitCode.USAGE,
                    "the message makes a packet of " + octets + " octets, --max-packet is " + limit
                            + (limit < BrokerOptions.LARGEST_PACKET ? "; raise it" : ", the most that MQTT can carry"));
        }
    }

    private void checkRepeat() {
        if (repeat < 1 || repeatDelayS < 0) {
            throw new UserError(ExitCode.USAGE, "--repeat is 1 or more, --repeat-delay not below 0");
        }
        if (repeat > 1 && source.lines) {
            throw new UserError(ExitCode.USAGE, "--repeat means nothing with -l: standard input is read once");
        }
    }

    private void checkQos(Topic to) {
        int lowest = sn.isAsked() ? -1 : 0;
        if (qos < lowest || qos > 2) {
            throw new UserError(
                    ExitCode.USAGE, "-q is " + qos + ", must be " + (sn.isAsked() ? "-1, 0, 1 or 2" : "0, 1 or 2"));
        }
        if (fullNames && qos >= 0) {
            throw new UserError(ExitCode.USAGE, "--full-names is for --sn with -q -1: else names are sent anyway");
        }
        if (qos < 0 && !fullNames && !sn.canBeUnconnected(to)) {
            throw new UserError(
                    ExitCode.USAGE,
                    "QoS -1 takes a short topic of two octets or a pre-defined one (--predefined ID=TOPIC, or"
                            + " --topic-type predefined -t ID), not '" + to + "'; or --full-names, if the gateway can");
        }
    }

    private Publisher publisher(Topic to) {
        if (!sn.isAsked()) {
            refuseIds(to);
            return new MqttPublisher(broker);
        }
        try {
            SnClientConfig.Builder builder =
                    sn.client(broker, "midge-pub", false).topics(1).topicOctets(255);
            if (fullNames) {
                builder.fullNames();
            }
            return new SnPublisher(sn, builder.build(), qos >= 0);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static void refuseIds(Topic to) {
        if (to.isPredefined()) {
            throw new UserError(ExitCode.USAGE, "--topic-type predefined needs --sn: MQTT has no topic ids");
        }
    }

    private byte[] payload() {
        try {
            if (source.message != null) {
                return source.message.getBytes(StandardCharsets.UTF_8);
            }
            if (source.file != null) {
                return Files.readAllBytes(source.file);
            }
            if (source.stdin) {
                return System.in.readAllBytes();
            }
            if (source.empty) {
                return new byte[0];
            }
            throw new IllegalStateException("picocli lets no command line without a source pass");
        } catch (NoSuchFileException e) {
            throw new UserError(ExitCode.USAGE, "there is no file " + source.file);
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot read the payload: " + e.getMessage());
        }
    }

    private int publishLines(Topic to) {
        refuseIds(to);
        try (LinePublisher publisher = new LinePublisher(broker, to, qos, retain)) {
            return publisher.publish(System.in);
        }
    }

    /** MQTT-SN has one message in flight (§6.6). */
    private void publishLinesOneByOne(Publisher publisher, Topic to) {
        InputLines lines = InputLines.read(System.in, publisher::wake);
        while (!lines.isEnded()) {
            publisher.await(lines::isReady);
            while (lines.next()) {
                publisher.publish(to, lines.copy(), qos, retain);
            }
        }
    }
}

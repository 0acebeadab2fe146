package midge.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each line of a stream over MQTT, with many messages in flight, and knows at the end of every one whether it arrived. When
 * the connection is lost it comes back and goes on: at QoS 1 and 2 the broker keeps the session for as long as this takes.
 */
final class LinePublisher implements AutoCloseable {
    /** Messages in flight; a broker with a smaller Receive Maximum gets no more than that. */
    private static final int WINDOW = 128;

    /** Before 5.0 a broker cannot tell its limit, and closes the connection at more; Mosquitto's, for QoS 2, is 20 unless configured. */
    private static final int WINDOW_UNTOLD = 20;

    /** A longer line is read from an array of its own while it is sent. */
    private static final int SLOT_OCTETS = 2 * 1024;

    private static final int SEND_OCTETS = 64 * 1024;
    /** Long lines in flight may take so much together; one alone may be of any size. */
    private static final int LONG_OCTETS = 4 * 1024 * 1024;

    /** What PUBLISH has beside topic, properties and payload, at most. */
    private static final int FRAME_OCTETS = 13;

    private static final byte[] NOTHING = {};
    private static final long SESSION_S = 600;
    private static final int BACKOFF_MS_MIN = 1_000;
    private static final int BACKOFF_MS_MAX = 30_000;

    private final BrokerOptions options;
    private final byte[] topic;
    private final byte[] properties;
    private final byte[] goodbye;
    private final int packetMax;
    private final int qos;
    private final boolean retain;
    private final Events events = new Events();
    private final MqttLoop loop;
    private final MqttClient client;
    private final Progress progress;
    private final Map<Integer, byte[]> longLines = new HashMap<>();
    private int longOctets;
    private boolean pending;
    private long accepted;
    private long delivered;
    private long refused;
    private long unknown;
    private int connectionsLost;
    private String refusal = "";

    LinePublisher(BrokerOptions options, Topic topic, int qos, boolean retain) {
        this.options = options;
        this.topic = topic.name().getBytes(StandardCharsets.UTF_8);
        this.qos = qos;
        this.retain = retain;
        properties = options.properties("publish");
        goodbye = options.properties("disconnect");
        packetMax = options.packetSizeMax(BrokerOptions.LARGEST_PACKET);
        loop = new MqttLoop(options.uri().toString(), options.opener(), configuration(), events).goodbye(goodbye);
        client = loop.client();
        progress = new Progress(options.isQuiet());
    }

    /** At QoS 1 what a lost session leaves open is published anew; at QoS 2 that could make two of one. */
    private MqttClientConfig configuration() {
        try {
            MqttClientConfig.Builder builder = new MqttClientConfig.Builder();
            if (isV5()) {
                builder.sessionExpiryS(SESSION_S);
            }
            return options.apply(builder, "midge-pub", false)
                    .window(endsSessionItself() ? WINDOW_UNTOLD : WINDOW)
                    .slotBytes(SLOT_OCTETS + topic.length + properties.length)
                    .sendBytes(SEND_OCTETS)
                    .republish(qos == 1)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private boolean isV5() {
        return options.version() == MqttVersion.V5;
    }

    /** Before 5.0 a session that survives a cut must be one without "clean session", which nobody would end for us. */
    private boolean endsSessionItself() {
        return qos == 2 && !isV5();
    }

    /** Publishes all lines of {@code in}. @return the exit code; throws {@link UserError} when a line did not arrive */
    int publish(InputStream in) {
        connect();
        InputLines lines = InputLines.read(in, loop::wake);
        try (Interrupt interrupt = new Interrupt(loop::wake)) {
            while (!isDone(lines, interrupt)) {
                loop.run(() -> publishAsManyAsFit(lines, interrupt), Long.MAX_VALUE);
                if (loop.isClosed() && !isDone(lines, interrupt)) {
                    comeBack(interrupt);
                }
            }
            progress.end();
            if (interrupt.isAsked()) {
                say("interrupted: " + counts());
                return ExitCode.INTERRUPTED;
            }
        }
        judge();
        leave();
        return ExitCode.OK;
    }

    /** Begins with a session of nobody else, to which the connections after this one return. */
    private void connect() {
        if (endsSessionItself()) {
            forgetSession();
            resumeFromNowOn();
        }
        loop.connect();
        if (isV5()) {
            resumeFromNowOn();
        }
    }

    private void resumeFromNowOn() {
        if (client.clean(false) < Status.OK) {
            throw new IllegalStateException("a client with an identifier may resume");
        }
    }

    private boolean isDone(InputLines lines, Interrupt interrupt) {
        boolean allSent = !pending && lines.isEnded() && client.unfinished() == 0 && (qos > 0 || loop.isDrained());
        return allSent || interrupt.isAsked();
    }

    /** {@return whether there is nothing to wait for, or no connection to wait on} */
    private boolean publishAsManyAsFit(InputLines lines, Interrupt interrupt) {
        progress.show(this::counts);
        while (client.isConnected() && (pending || lines.next())) {
            pending = !offer(lines);
            if (pending) {
                return loop.isClosed() || interrupt.isAsked();
            }
        }
        return loop.isClosed() || isDone(lines, interrupt);
    }

    /** {@return whether the line was dealt with; otherwise it is to be offered again} */
    private boolean offer(InputLines lines) {
        int token = publish(lines);
        switch (token) {
            case Status.BUSY, Status.NOT_CONNECTED -> {
                return false;
            }
            case Status.TOO_LARGE ->
                refuse("lines of " + lines.length() + " octets are more than the broker, or --max-packet, allows");
            case Status.UNSUPPORTED ->
                throw new UserError(ExitCode.FAILED, "the broker does not offer this QoS or retain");
            default -> {
                if (token < 0) {
                    throw new UserError(ExitCode.FAILED, "the line was refused (status " + token + ")");
                }
            }
        }
        accepted++;
        return true;
    }

    private int publish(InputLines lines) {
        int octets = lines.length();
        long nowMs = loop.nowMs();
        if (topic.length + properties.length + FRAME_OCTETS + (long) octets > packetMax) {
            return Status.TOO_LARGE;
        }
        if (octets <= SLOT_OCTETS - 16) {
            return client.publish(
                    qos,
                    retain,
                    topic,
                    0,
                    topic.length,
                    properties,
                    0,
                    properties.length,
                    lines.buffer(),
                    lines.offset(),
                    octets,
                    nowMs);
        }
        if (longOctets > 0 && longOctets + octets > LONG_OCTETS) {
            return Status.BUSY;
        }
        int token = client.publishPulled(
                qos, retain, topic, 0, topic.length, properties, 0, properties.length, octets, nowMs);
        if (token > 0) {
            longLines.put(token, lines.copy());
            longOctets += octets;
        }
        return token;
    }

    private void refuse(String why) {
        refused++;
        refusal = why;
    }

    private void comeBack(Interrupt interrupt) {
        connectionsLost++;
        progress.end();
        say("connection lost (" + loop.failure() + "), trying again");
        long backoffMs = BACKOFF_MS_MIN;
        while (!interrupt.isAsked()) {
            loop.run(interrupt::isAsked, loop.nowMs() + backoffMs);
            try {
                loop.connect();
                return;
            } catch (UserError stillAway) {
                backoffMs = Math.min(2 * backoffMs, BACKOFF_MS_MAX);
            }
        }
    }

    private void say(String what) {
        if (!options.isQuiet()) {
            System.err.println("midge: " + what);
        }
    }

    private String counts() {
        return qos == 0
                ? accepted + " lines sent"
                : accepted + " lines sent, " + delivered + " confirmed by the broker";
    }

    private void judge() {
        if (refused > 0) {
            throw new UserError(ExitCode.FAILED, refused + " of " + accepted + " lines did not arrive: " + refusal);
        }
        if (unknown > 0) {
            throw new UserError(
                    ExitCode.FAILED,
                    "the broker lost the session: of " + accepted + " lines " + unknown + " may not have arrived");
        }
        if (qos == 0 && connectionsLost > 0) {
            throw new UserError(
                    ExitCode.FAILED,
                    "the connection was lost " + connectionsLost + " times: at QoS 0 nobody knows which of the "
                            + accepted + " lines arrived; use -q 1");
        }
    }

    /** Takes the session off the broker, in which nothing is left. */
    private void leave() {
        if (isV5() && !options.hasSessionExpiry() && goodbye.length == 0) {
            byte[] room = new byte[8];
            MqttPropertiesWriter ending =
                    new MqttPropertiesWriter().reset(room, 0, room.length).put(Property.SESSION_EXPIRY_INTERVAL, 0);
            loop.leave(room, ending.length());
        } else if (endsSessionItself()) {
            loop.leave(NOTHING, 0);
            forgetSession();
        }
    }

    /** A connection with "clean session" ends what the broker kept under this client identifier. */
    private void forgetSession() {
        if (client.clean(true) == Status.OK) {
            loop.connect();
            loop.leave(NOTHING, 0);
        }
    }

    @Override
    public void close() {
        progress.end();
        loop.close();
    }

    private final class Events extends MqttEvents {
        @Override
        public void onDelivered(int token, int outcome, @Nullable MqttAck ack) {
            byte[] line = longLines.remove(token);
            longOctets -= line == null ? 0 : line.length;
            if (outcome == MqttError.SESSION_LOST || outcome == Status.NOT_CONNECTED) {
                unknown++;
            } else if (outcome < 0) {
                refuse("the broker that came back does not take them");
            } else if (ReasonCode.isFailure(outcome)) {
                refuse("the broker refused them: " + ReasonNames.of(outcome));
            } else {
                delivered++;
            }
        }

        @Override
        public int readPayload(int token, int position, byte[] out, int offset, int length) {
            byte[] line = longLines.get(token);
            if (line == null) {
                return -1;
            }
            int octets = Math.min(length, line.length - position);
            System.arraycopy(line, position, out, offset, octets);
            return octets;
        }
    }
}

package midge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Map;
import midge.board.jvm.HostLink;
import midge.board.jvm.SelectorIdle;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.ReasonCode;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.runtime.store.DeviceJournal;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkHealth;
import midge.runtime.task.MessageHandler;
import midge.runtime.task.MqttHealth;
import midge.runtime.task.MqttLinkTask;
import midge.runtime.task.MqttUplink;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.Uplink;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/** MQTT to a broker. */
final class MqttLine implements Line {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    /** The longest that a command or a birth message may be, with its topic. */
    private static final int PACKET_OCTETS = 8_192;
    /** Inbound QoS 2 messages under way. */
    static final int RECEIVE_MAX = 16;
    /** How long a broker keeps the session of a device that is away, MQTT 5.0, s: a week. */
    private static final int SESSION_EXPIRY_S = 604_800;

    /** Those of MQTT 3.1.1 are mapped to these by the client. */
    private static final Map<Integer, String> REFUSALS = Map.of(
            ReasonCode.BAD_USER_NAME_OR_PASSWORD, "bad user name or password; look at user and password_file",
            ReasonCode.NOT_AUTHORIZED,
                    "not authorized; look at user and password_file, and at the broker's access rules",
            ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "it does not take this client id; choose another name for the device",
            ReasonCode.SERVER_UNAVAILABLE, "it says that it is not available",
            ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "it does not speak this version of MQTT; try mqtt_version = 4");

    private final HostLink stream;
    private final MqttLinkTask link;

    /**
     * @param journal where the session outlives a restart, or null
     * @param packetOctets the longest PUBLISH
     */
    MqttLine(
            Device device,
            DeviceRuntime runtime,
            LinkConfig config,
            SelectorIdle idle,
            @Nullable DeviceJournal journal,
            int packetOctets,
            Prng prng) {
        stream = Lines.stream(device.over, device.tls, idle);
        MqttClientConfig.Builder client = new MqttClientConfig.Builder()
                .version(device.mqttVersion)
                .clientId(device.name.getBytes(UTF_8))
                .clean(false)
                .keepAliveS(device.keepAliveS)
                .will(device.availabilityTopic().getBytes(UTF_8), device.willWord(), 1, true)
                .receiveMax(RECEIVE_MAX)
                .packetSizeMax(PACKET_OCTETS)
                .slotBytes(packetOctets)
                .republish(true);
        if (device.mqttVersion == 5) {
            client.sessionExpiryS(SESSION_EXPIRY_S);
        }
        if (!device.user.isEmpty()) {
            client.userName(device.user.getBytes(UTF_8)).password(device.password);
        }
        link = journal == null
                ? new MqttLinkTask(runtime, config, client.build(), stream, prng)
                : new MqttLinkTask(runtime, config, client.build(), stream, journal.session(), prng);
    }

    /** Gives the client the session of its last life; before its first turn. {@return negative when storage is damaged} */
    int restore(DeviceJournal journal, PublishTopics topics, int version) {
        return journal.session().restore(link.client(), topics, version);
    }

    @Override
    public Task task() {
        return link;
    }

    @Override
    public Uplink uplink(PublishTopics topics) {
        return new MqttUplink(link, topics);
    }

    @Override
    public void reportTo(OutboxTask outbox) {
        link.reportTo(outbox);
    }

    @Override
    public void deliverTo(int subscription, MessageHandler handler) {
        link.deliverTo(subscription, handler);
    }

    @Override
    public int publishRetained(byte[] topic, byte[] payload, long nowMs) {
        return link.client().publish(1, true, topic, 0, topic.length, payload, 0, payload.length, nowMs);
    }

    @Override
    public boolean connected() {
        return link.connected();
    }

    @Override
    public int connects() {
        return link.connects();
    }

    @Override
    public LinkHealth health() {
        return new MqttHealth(link);
    }

    @Override
    public void stop() {
        link.stop();
    }

    @Override
    public boolean stopped() {
        return !link.connected() && !link.client().wantsClose() && stream.isFlushed();
    }

    @Override
    public String trouble() {
        if (!stream.failure().isEmpty()) {
            return stream.failure();
        }
        if (link.lastRefusal() != 0) {
            return "the broker refuses: "
                    + REFUSALS.getOrDefault(
                            link.lastRefusal(), "reason 0x" + HEX.toHexDigits((byte) link.lastRefusal()));
        }
        return link.lastFailure() == 0 || link.lastFailure() == MqttError.SESSION_LOST
                ? ""
                : "the connection failed (" + link.lastFailure() + ")";
    }

    @Override
    public void close() {
        stream.close();
    }
}

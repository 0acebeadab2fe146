package midge.runtime.task;

import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientListener;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.ReasonCode;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Prng;

/** Decides when to connect, keeps the client subscribed and announced, and passes its events on to the tasks. */
final class MqttConnection implements MqttClientListener, Subscriptions.Requester {
    private static final int NO_TOKEN = -1;
    /** Pause when the client has no room for an announcement, ms. */
    private static final int BUSY_RETRY_MS = 500;
    /** SUBSCRIBE adds three octets to a filter. */
    private static final int ENTRY = 3;

    private static final int NOTHING_TO_SAY = 0;
    private static final int SAY_ONLINE = 1;
    private static final int SAY_OFFLINE = 2;

    private static final byte[] NOTHING = {};

    private final LinkConfig config;
    private final int version;
    private final DeviceRuntime runtime;
    private final Prng prng;
    private final Backoff backoff;
    private final Subscriptions subscriptions;
    private final byte[] entry;
    private MqttClient client;
    private OutboxTask outbox;

    private long nowMs;
    private boolean started;
    private boolean wanted = true;
    private long openAtMs;
    private boolean up;
    private boolean refused;
    /** The server has a session that is not ours: one clean connection ends it. */
    private boolean cleaning;

    private boolean drops;
    /** The next attempt need not wait: this one has told what to do better. */
    private boolean atOnce;

    private boolean sentAtOnce;
    private int announce;
    private int announceToken = NO_TOKEN;
    private long announceAgainMs = Long.MIN_VALUE;

    private int connects;
    private int resumes;
    private int refusals;
    private int lastRefusal;
    private int losses;
    private int unanswered;
    private int failures;
    private int lastFailure;

    MqttConnection(LinkConfig config, int version, DeviceRuntime runtime, Prng prng) {
        this.config = config;
        this.version = version;
        this.runtime = runtime;
        this.prng = prng;
        backoff = new Backoff(config.backoffMinMs, config.backoffMaxMs, prng);
        subscriptions = new Subscriptions(config);
        int longest = 0;
        for (int i = 0; i < config.filters.length; i++) {
            longest = config.filters[i].length > longest ? config.filters[i].length : longest;
        }
        entry = new byte[longest + ENTRY];
    }

    void bind(MqttClient client) {
        this.client = client;
    }

    void bind(OutboxTask outbox) {
        this.outbox = outbox;
    }

    /** A turn begins. */
    void turn(long now) {
        nowMs = now;
        if (!started) {
            started = true;
            openAtMs = now + prng.below(config.startSpreadMs);
        }
        if (sentAtOnce) {
            sentAtOnce = false;
            outcome(0, Outcome.DELIVERED);
        }
    }

    /** @return when to open the stream */
    long openAtMs(long now) {
        return wanted ? openAtMs : Task.NEVER;
    }

    /** @return when to call again */
    long maintain(long now) {
        if (!client.isConnected() || drops) {
            return Task.NEVER;
        }
        long announceMs = announce(now);
        long askMs = wanted ? subscriptions.ask(this, now) : Task.NEVER;
        if (!wanted && announce == NOTHING_TO_SAY && announceToken == NO_TOKEN) {
            client.disconnect(now);
        }
        return announceMs < askMs ? announceMs : askMs;
    }

    public int subscribe(byte[] filter, int qos, long now) {
        int length = MqttSubscribe.entry(entry, 0, entry.length, filter, 0, filter.length, qos);
        return length < 0 ? length : client.subscribe(entry, 0, length, NOTHING, 0, 0, now);
    }

    private long announce(long now) {
        if (announce == NOTHING_TO_SAY) {
            return Task.NEVER;
        }
        if (now < announceAgainMs) {
            return announceAgainMs;
        }
        byte[] topic = config.availabilityTopic;
        byte[] text = announce == SAY_ONLINE ? config.online : config.offline;
        int token = client.publish(1, true, topic, 0, topic.length, text, 0, text.length, now);
        if (token < 0) {
            announceAgainMs = now + BUSY_RETRY_MS;
            return announceAgainMs;
        }
        announceToken = token;
        announce = NOTHING_TO_SAY;
        return Task.NEVER;
    }

    private boolean announces() {
        return config.availabilityTopic.length > 0;
    }

    void start(long now) {
        wanted = true;
        openAtMs = now;
        started = true;
    }

    void stop() {
        if (wanted && announces()) {
            announce = SAY_OFFLINE;
            announceAgainMs = Long.MIN_VALUE;
        }
        wanted = false;
    }

    boolean ready() {
        return client.isConnected() && wanted && !drops;
    }

    /** @return whether this connection is to be dropped without another word */
    boolean drops() {
        return drops;
    }

    /** A QoS 0 message is on its way, which is its end. */
    void sentAtOnce() {
        sentAtOnce = true;
    }

    public void onConnected(MqttConnack connack) {
        if (cleaning) {
            cleaning = false;
            client.clean(false);
            if (version < MqttVersion.V5) {
                // This session would end with the connection. The next one begins one that lasts.
                drops = true;
                atOnce = true;
                return;
            }
        }
        backoff.reset();
        up = true;
        connects++;
        if (connack.sessionPresent()) {
            resumes++;
        } else {
            subscriptions.renew();
        }
        if (announces()) {
            announce = wanted ? SAY_ONLINE : SAY_OFFLINE;
            announceAgainMs = Long.MIN_VALUE;
        }
        wakeOutbox();
    }

    public void onRefused(MqttConnack connack) {
        refused = true;
        refusals++;
        lastRefusal = connack.reasonCode();
    }

    public void onFailed(int error) {
        failures++;
        lastFailure = error;
        if (error == MqttError.SESSION_UNKNOWN && client.clean(true) == 0) {
            cleaning = true;
            atOnce = true;
        }
    }

    public void onServerDisconnect(MqttDisconnect disconnect) {
        failures++;
        lastFailure = disconnect.reasonCode();
    }

    /** The stream is gone, or never came. */
    void onClosed(long now) {
        if (up) {
            losses += wanted ? 1 : 0;
        } else if (!refused && !atOnce) {
            unanswered++;
        }
        openAtMs = atOnce ? now : now + backoff.nextMs();
        atOnce = false;
        up = false;
        refused = false;
        drops = false;
        subscriptions.abandon();
        wakeOutbox();
    }

    public void onDelivered(int token, int result, MqttAck ack) {
        if (token == announceToken) {
            announceToken = NO_TOKEN;
            return;
        }
        // PUBCOMP ends an exchange whatever it says: PUBREC had told that the server has the message.
        boolean arrived = !ReasonCode.isFailure(result) || ack != null && ack.type() == MqttType.PUBCOMP;
        if (result < 0) {
            outcome(token, result == MqttError.SESSION_LOST ? Outcome.UNCERTAIN : Outcome.REJECTED);
        } else {
            outcome(token, arrived ? Outcome.DELIVERED : Outcome.REJECTED);
        }
    }

    private void outcome(int token, int status) {
        if (outbox != null) {
            outbox.onOutcome(token, status, nowMs);
        }
        wakeOutbox();
    }

    public void onSubscribed(int packetId, MqttSuback suback) {
        int code = suback.code(0);
        subscriptions.onSubscribed(packetId, ReasonCode.isFailure(code) ? code : 0, nowMs);
    }

    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    public void onAuth(MqttAuth auth) {}

    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        subscriptions.deliver(
                topic,
                topicOffset,
                topicLength,
                publish.buffer(),
                publish.payloadOffset(),
                publish.payloadLength(),
                publish.retain(),
                nowMs);
        return 0;
    }

    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        return NO_TOKEN; // nothing is pulled
    }

    private void wakeOutbox() {
        if (outbox != null) {
            runtime.wake(outbox);
        }
    }

    int connects() {
        return connects;
    }

    int resumes() {
        return resumes;
    }

    int refusals() {
        return refusals;
    }

    int lastRefusal() {
        return lastRefusal;
    }

    int losses() {
        return losses;
    }

    int unanswered() {
        return unanswered;
    }

    int failures() {
        return failures;
    }

    int lastFailure() {
        return lastFailure;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }
}

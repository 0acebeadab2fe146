package midge.runtime.task;

import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientListener;
import midge.mqttsn.codec.SnFlags;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Prng;

/** Keeps the client connected, subscribed and announced, and passes its events on to the tasks. */
final class Connection implements SnClientListener, Subscriptions.Requester {
    private static final int NO_TOKEN = -1;
    /** Pause when the client has no room for an announcement, ms. */
    private static final int BUSY_RETRY_MS = 500;

    private static final int NOTHING_TO_SAY = 0;
    private static final int SAY_ONLINE = 1;
    private static final int SAY_OFFLINE = 2;

    private final LinkConfig config;
    private final DeviceRuntime runtime;
    private final Prng prng;
    private final Backoff backoff;
    private final Subscriptions subscriptions;
    private SnClient client;
    private OutboxTask outbox;
    private SleepTask sleep;

    private boolean started;
    private boolean wanted = true;
    private long connectAtMs;
    private int announce;
    private int announceToken = NO_TOKEN;
    private long announceAgainMs = Long.MIN_VALUE;

    private int connects;
    private int resumes;
    private int refusals;
    private int losses;
    private int unanswered;
    private boolean up;

    Connection(LinkConfig config, DeviceRuntime runtime, Prng prng) {
        this.config = config;
        this.runtime = runtime;
        this.prng = prng;
        backoff = new Backoff(config.backoffMinMs, config.backoffMaxMs, prng);
        subscriptions = new Subscriptions(config);
    }

    void bind(SnClient client) {
        this.client = client;
    }

    void bind(OutboxTask outbox) {
        this.outbox = outbox;
    }

    void bind(SleepTask sleep) {
        this.sleep = sleep;
    }

    /** @return when to call again */
    long maintain(long nowMs) {
        if (!started) {
            started = true;
            connectAtMs = nowMs + prng.below(config.startSpreadMs);
        }
        int state = client.state();
        if (state == SnClient.DISCONNECTED || state == SnClient.LOST) {
            return wanted ? connect(nowMs) : Task.NEVER;
        }
        if (state != SnClient.ACTIVE) {
            if (!wanted && state == SnClient.ASLEEP) {
                client.connect(nowMs); // what is left to say can only be said awake
            }
            return Task.NEVER;
        }
        long announceMs = announce(nowMs);
        long askMs = wanted ? subscriptions.ask(this, nowMs) : Task.NEVER;
        if (!wanted && announce == NOTHING_TO_SAY && announceToken == NO_TOKEN) {
            client.disconnect(nowMs);
        }
        return announceMs < askMs ? announceMs : askMs;
    }

    public int subscribe(byte[] filter, int qos, long nowMs) {
        return client.subscribe(filter, 0, filter.length, SnFlags.ofQos(qos), nowMs);
    }

    private long connect(long nowMs) {
        if (nowMs >= connectAtMs && client.connect(nowMs) < 0) {
            connectAtMs = nowMs + backoff.nextMs();
        }
        return nowMs < connectAtMs ? connectAtMs : Task.NEVER;
    }

    private long announce(long nowMs) {
        if (announce == NOTHING_TO_SAY) {
            return Task.NEVER;
        }
        if (nowMs < announceAgainMs) {
            return announceAgainMs;
        }
        byte[] topic = config.availabilityTopic;
        byte[] text = announce == SAY_ONLINE ? config.online : config.offline;
        int flags = SnFlags.QOS_1 | SnFlags.RETAIN;
        int token = client.publish(topic, 0, topic.length, flags, text, 0, text.length, nowMs);
        if (token < 0) {
            announceAgainMs = nowMs + BUSY_RETRY_MS;
            return announceAgainMs;
        }
        announceToken = token;
        announce = NOTHING_TO_SAY;
        return Task.NEVER;
    }

    private boolean announces() {
        return config.availabilityTopic.length > 0;
    }

    void start(long nowMs) {
        wanted = true;
        connectAtMs = nowMs;
        started = true;
    }

    void stop() {
        if (wanted && announces()) {
            announce = SAY_OFFLINE;
            announceAgainMs = Long.MIN_VALUE;
        }
        wanted = false;
    }

    /** @return whether messages may be handed to the client */
    boolean ready() {
        return client.state() == SnClient.ACTIVE && wanted && (sleep == null || !sleep.leaving());
    }

    /** @return whether everything that a new connection needs has been done */
    boolean settled(long nowMs) {
        return announce == NOTHING_TO_SAY && announceToken == NO_TOKEN && subscriptions.settled(nowMs);
    }

    public void onConnected(boolean resumed, long nowMs) {
        backoff.reset();
        up = true;
        if (resumed) {
            resumes++;
        } else {
            connects++;
            subscriptions.renew();
            if (announces()) {
                announce = wanted ? SAY_ONLINE : SAY_OFFLINE;
                announceAgainMs = Long.MIN_VALUE;
            }
        }
        if (sleep != null) {
            sleep.onConnected(nowMs);
        }
        wakeAll();
    }

    public void onDisconnected(int cause, int returnCode, long nowMs) {
        if (cause == REFUSED) {
            refusals++;
        } else if (cause != REQUESTED && up) {
            losses++;
        } else if (cause == GATEWAY_LOST) {
            unanswered++;
        }
        up = false;
        connectAtMs = nowMs + backoff.nextMs();
        wakeAll();
    }

    public void onAsleep(int cause, long nowMs) {
        if (sleep != null) {
            sleep.onAsleep(cause);
        }
        wakeAll();
    }

    public void onDelivered(int token, int returnCode, long nowMs) {
        if (token == announceToken) {
            announceToken = NO_TOKEN;
        } else if (outbox != null) {
            outbox.onOutcome(token, returnCode == 0 ? Outcome.DELIVERED : Outcome.REJECTED, nowMs);
        }
        wakeAll();
    }

    public void onRegistered(int token, int topicId, int returnCode, long nowMs) {}

    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        subscriptions.onSubscribed(token, returnCode, nowMs);
        wakeAll();
    }

    public void onUnsubscribed(int token, long nowMs) {}

    public void onWillUpdated(int token, int returnCode, long nowMs) {}

    public void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {
        boolean retained = (flags & SnFlags.RETAIN) != 0;
        subscriptions.deliver(topic, topicOffset, topicLength, data, dataOffset, dataLength, retained, nowMs);
    }

    private void wakeAll() {
        if (outbox != null) {
            runtime.wake(outbox);
        }
        if (sleep != null) {
            runtime.wake(sleep);
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

    int losses() {
        return losses;
    }

    int unanswered() {
        return unanswered;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }
}

package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;

/**
 * An MQTT-SN 1.2 client as a plain object: datagrams and time go in, datagrams, a deadline and events come out.
 *
 * <p>The host's loop, after any call and whenever a datagram arrives or the deadline passes:
 *
 * <pre>
 * if (n > 0) { client.onDatagram(rx, 0, n, nowMs); }
 * if (nowMs >= client.nextDeadlineMs()) { client.onTimeout(nowMs); }
 * while ((n = client.pollTransmit(tx, 0, tx.length)) > 0) { link.send(gateway, tx, 0, n); }
 * return client.nextDeadlineMs();
 * </pre>
 *
 * Extra calls do no harm. {@code nowMs} never goes back; it may leap. All memory is taken at construction; nothing is thrown afterwards.
 *
 * <p>What the application asks for waits in an outbox and is done in order, one exchange at a time; each request returns a token that the
 * listener gets back with the result. Requests are taken in every state and carried out while active: what is published asleep or
 * disconnected waits for the next {@code connect}. Only QoS -1 needs no connection and goes out as soon as it is at the head.
 */
public final class SnClient {
    /** No connection; QoS -1 only. */
    public static final int DISCONNECTED = 0;
    /** CONNECT is on its way. */
    public static final int CONNECTING = 1;
    /** Connected and awake: requests are carried out. */
    public static final int ACTIVE = 2;
    /** The sleep has been announced, not yet acknowledged. */
    public static final int FALLING_ASLEEP = 3;
    /** The gateway keeps messages for us (§6.14). */
    public static final int ASLEEP = 4;
    /** Collecting what the gateway has kept; ends by itself. */
    public static final int AWAKE = 5;
    /** DISCONNECT is on its way. */
    public static final int DISCONNECTING = 6;
    /** As {@link #DISCONNECTED}, after the gateway has not answered. */
    public static final int LOST = 7;

    private final Core core;
    private final Procedures procedures;

    /** Takes all memory that the client will ever use; {@link SnClientConfig#memoryOctets} says how much. */
    public SnClient(SnClientConfig config, SnClientListener listener) {
        core = new Core(config, listener);
        procedures = new Procedures(core);
    }

    /** @return {@link #DISCONNECTED}, {@link #CONNECTING}, … {@link #LOST} */
    public int state() {
        return core.state;
    }

    /** @return requests not finished yet */
    public int outboxCount() {
        return core.outbox.count();
    }

    /** @return octets free in the outbox; a request takes 10 more than its payload or filter */
    public int outboxFreeOctets() {
        return core.outbox.freeOctets();
    }

    /** @return what has happened so far; always the same object */
    public SnCounters counters() {
        return core.counters;
    }

    /**
     * Connects (§6.2), or comes back from sleep. Out of {@link #DISCONNECTED} and {@link #LOST} with will and clean session as configured,
     * and all topic ids are forgotten; names are registered again as they are used. Out of {@link #ASLEEP} and {@link #AWAKE} without any
     * flag, so that subscriptions, will and topic ids hold.
     *
     * @return {@link Status#OK}: {@code onConnected} or {@code onDisconnected} follows; {@code WRONG_STATE}; {@code BUSY} while the
     *     gateway's "congestion" forbids it (see {@link #newGateway})
     */
    public int connect(long nowMs) {
        boolean resuming = core.state == ASLEEP || core.state == AWAKE;
        return connect(resuming ? 0 : core.config.connectFlags(), nowMs);
    }

    /**
     * As {@link #connect(long)} with flags of its own. With any flag, a sleeping client too makes a full connect.
     *
     * @param flags {@link SnFlags#CLEAN_SESSION}, {@link SnFlags#WILL} (only with a will in the configuration)
     */
    public int connect(int flags, long nowMs) {
        core.nowMs = nowMs;
        boolean wasAsleep = core.state == ASLEEP || core.state == AWAKE;
        if (!wasAsleep && core.state != DISCONNECTED && core.state != LOST) {
            return Status.WRONG_STATE;
        }
        if (procedures.connecting.mustWait()) {
            return Status.BUSY;
        }
        if ((flags & SnFlags.CLEAN_SESSION) != 0) {
            procedures.delivering.forgetAll();
        }
        procedures.connecting.start(flags, wasAsleep && flags == 0);
        return Status.OK;
    }

    /** From now on the frames go to another gateway, so a "congestion" of the old one holds no more. Call it before {@link #connect(long)}. */
    public void newGateway() {
        core.timers.stop(Timers.WAIT);
    }

    /**
     * Disconnects (§6.12) as soon as the outbox is empty or held back by "congestion"; asleep or still connecting at once. The will is not
     * published.
     *
     * @return {@link Status#OK}, {@code onDisconnected} follows; {@code NOT_CONNECTED}
     */
    public int disconnect(long nowMs) {
        core.nowMs = nowMs;
        if (core.state == DISCONNECTED || core.state == LOST) {
            return Status.NOT_CONNECTED;
        }
        if (core.state == ACTIVE) {
            core.wish = Core.WISH_DISCONNECT;
            procedures.settle();
        } else if (core.state != DISCONNECTING) {
            procedures.sleeping.disconnect();
        }
        return Status.OK;
    }

    /**
     * Goes to sleep (§6.14) as soon as the outbox is empty or held back by "congestion"; out of {@link #ASLEEP} and {@link #AWAKE} at once,
     * which changes the sleep time. Asleep, the client wakes by itself early enough before the time is over, collects, and sleeps on for
     * the same time, until {@link #connect(long)} or {@link #disconnect}.
     *
     * @param durationS sleep time told to the gateway, s, 1..65535
     * @return {@link Status#OK}, {@code onAsleep} follows; {@code INVALID}; {@code NOT_CONNECTED}
     */
    public int sleep(int durationS, long nowMs) {
        core.nowMs = nowMs;
        if (durationS < 1 || durationS > 0xFFFF) {
            return Status.INVALID;
        }
        switch (core.state) {
            case ACTIVE:
                procedures.sleeping.duration(durationS);
                core.wish = Core.WISH_SLEEP;
                procedures.settle();
                return Status.OK;
            case ASLEEP:
            case AWAKE:
            case FALLING_ASLEEP:
                procedures.sleeping.duration(durationS);
                procedures.sleeping.fallAsleep();
                return Status.OK;
            default:
                return Status.NOT_CONNECTED;
        }
    }

    /**
     * Wakes before the sleep time is over, to collect what the gateway holds; {@code onAsleep} follows.
     *
     * @return {@link Status#OK}; {@code WRONG_STATE} when not {@link #ASLEEP}
     */
    public int wake(long nowMs) {
        core.nowMs = nowMs;
        if (core.state != ASLEEP) {
            return Status.WRONG_STATE;
        }
        procedures.sleeping.wake();
        return Status.OK;
    }

    /**
     * Queues one PUBLISH to a topic id or a short name. The data are copied, so the caller's array is free again on return.
     *
     * <p>A normal id holds until the next full connect only; publish by name to be rid of that.
     *
     * @param topicId 1..0xFFFE: pre-defined, or normal from {@code onRegistered} or {@code onSubscribed}; or the two octets of a short name
     * @param flags QoS, {@link SnFlags#RETAIN} and one of {@link SnFlags#TOPIC_NORMAL}, {@code TOPIC_PREDEFINED}, {@code TOPIC_SHORT}
     * @param nowMs host time, as for every other call
     * @return a token ≥ 0, reported to {@code onDelivered}; {@link Status#BUSY} when the outbox is full; {@code TOO_LARGE} for outbox or
     *     frame at their largest; {@code INVALID} for an id that is not known here; {@code UNSUPPORTED} for a normal id at QoS -1
     */
    public int publish(int topicId, int flags, byte[] data, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.publish(core, topicId, flags, data, offset, length));
    }

    /**
     * Queues one PUBLISH to a topic by its name. A pre-defined name goes by its id, a name of two octets as a short name; for any other
     * the client registers the name first if the gateway has not given an id yet (§6.5), and again when it has forgotten it.
     *
     * @param topic array with the name, 1..255 octets of UTF-8 without wildcards
     * @param flags QoS and {@link SnFlags#RETAIN}; topic type bits are ignored
     * @return as for the other {@code publish}; {@code INVALID} for a name that is none; {@code BUSY} also when the topic table is full of
     *     names in use; {@code UNSUPPORTED} for a full name at QoS -1, unless the configuration allows it
     */
    public int publish(
            byte[] topic,
            int topicOffset,
            int topicLength,
            int flags,
            byte[] data,
            int offset,
            int length,
            long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.publish(core, topic, topicOffset, topicLength, flags, data, offset, length));
    }

    /**
     * Asks the gateway for a topic's id ahead of its first use. Publishing by name needs no such call.
     *
     * @return a token ≥ 0, reported to {@code onRegistered}; otherwise as for {@code publish}
     */
    public int register(byte[] topic, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.register(core, topic, offset, length));
    }

    /**
     * Subscribes by name or filter (§6.9). A pre-defined name goes by its id, a name of two octets without wildcards as a short name.
     *
     * @param filter array with 1..255 octets of UTF-8; wildcards as in MQTT
     * @param flags the wanted QoS 0..2; other bits are ignored
     * @return a token ≥ 0, reported to {@code onSubscribed}; otherwise as for {@code publish}
     */
    public int subscribe(byte[] filter, int offset, int length, int flags, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.subscription(core, Outbox.SUBSCRIBE, filter, offset, length, flags));
    }

    /**
     * Subscribes by pre-defined id or short name.
     *
     * @param topicId the pre-defined id, or the two octets of a short name
     * @param flags the wanted QoS 0..2, and {@link SnFlags#TOPIC_PREDEFINED} or {@link SnFlags#TOPIC_SHORT}
     * @return as for the other {@code subscribe}
     */
    public int subscribe(int topicId, int flags, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.subscription(core, Outbox.SUBSCRIBE, topicId, flags));
    }

    /** Takes back a subscription by name or filter. @return a token ≥ 0, reported to {@code onUnsubscribed}; otherwise as for subscribe */
    public int unsubscribe(byte[] filter, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.subscription(core, Outbox.UNSUBSCRIBE, filter, offset, length, 0));
    }

    /** Takes back a subscription by pre-defined id or short name, which {@code flags} tell. @return as for the other one */
    public int unsubscribe(int topicId, int flags, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.subscription(core, Outbox.UNSUBSCRIBE, topicId, flags & SnFlags.TOPIC_MASK));
    }

    /**
     * Changes the will's topic, QoS and Retain at the gateway (§6.4), and for later connects. An empty topic deletes the will.
     *
     * @param flags QoS 0..2 and {@link SnFlags#RETAIN}
     * @return a token ≥ 0, reported to {@code onWillUpdated}; {@code INVALID}; {@code TOO_LARGE} for the room in the configuration;
     *     {@code BUSY}
     */
    public int updateWillTopic(int flags, byte[] topic, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.updateWillTopic(core, flags, topic, offset, length));
    }

    /** Changes the will's message at the gateway (§6.4), and for later connects. @return as for {@link #updateWillTopic} */
    public int updateWillMessage(byte[] data, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        return queued(Requests.updateWillMessage(core, data, offset, length));
    }

    private int queued(int token) {
        if (token >= 0) {
            procedures.settle();
        }
        return token;
    }

    /**
     * Takes in one datagram from the gateway. Afterwards ask {@link #pollTransmit} and {@link #nextDeadlineMs}.
     *
     * @return {@link Status#OK}; otherwise it was dropped and counted: a codec status, {@code WRONG_STATE} for a frame that nothing waits
     *     for, {@code BUSY} when no answer can be kept, {@code UNSUPPORTED} for what is not for a connected client, such as ADVERTISE
     */
    public int onDatagram(byte[] frame, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        int status = core.message.wrap(frame, offset, length);
        if (status == Status.OK) {
            boolean connected = core.state != DISCONNECTED && core.state != LOST;
            status = connected ? procedures.onFrame(frame, offset, length) : core.ignore();
        }
        if (status == Status.MALFORMED || status == Status.TRUNCATED || status == Status.UNSUPPORTED) {
            core.counters.malformed++;
        }
        procedures.settle();
        return status;
    }

    /** Does what time asks for. Call it when {@link #nextDeadlineMs} has come; afterwards ask {@link #pollTransmit} and the deadline again. */
    public void onTimeout(long nowMs) {
        core.nowMs = nowMs;
        if (core.timers.isDue(Timers.WAIT, nowMs)) {
            core.timers.stop(Timers.WAIT);
        }
        if (core.timers.isDue(Timers.RETRY, nowMs)) {
            procedures.onRetry();
        }
        procedures.settle();
    }

    /**
     * Hands out the next frame for the gateway. Call it until it returns 0.
     *
     * @param capacity room from {@code offset} on; {@link SnClientConfig#frameOctetsMax} is always enough
     * @return octets written, 0 when there is nothing to send, {@link Status#TOO_SMALL} when the next frame needs more room
     */
    public int pollTransmit(byte[] out, int offset, int capacity) {
        int length = procedures.write(out, offset, capacity);
        if (length > 0) {
            core.counters.sent++;
        }
        return length;
    }

    /** @return when {@link #onTimeout} is to be called next; {@code Long.MAX_VALUE} when there is nothing to wait for */
    public long nextDeadlineMs() {
        long next = earlier(core.timers.deadlineMs(Timers.RETRY), core.timers.deadlineMs(Timers.WAIT));
        if (core.exchange.isFree()) {
            next = earlier(next, core.timers.deadlineMs(Timers.KEEP_ALIVE));
            next = earlier(next, core.timers.deadlineMs(Timers.SLEEP));
        }
        return next;
    }

    private static long earlier(long a, long b) {
        return a < b ? a : b;
    }
}

package midge.runtime.task;

import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Ranges;
import midge.wire.Status;

/**
 * Keeps messages until they are delivered, in order, one under way at a time. While there is no connection they wait in the {@link
 * Outbox}; when that is full the oldest of the least important is dropped and counted. A message leaves the outbox only when its delivery is confirmed, so one
 * that was under way when the connection broke is published again.
 */
public final class OutboxTask implements Task, ReadingSink {
    /** How soon it tries again after an uplink that is ready said busy, ms; mostly a wake comes first. */
    private static final int BUSY_RETRY_MS = 1_000;

    private static final int NO_TOKEN = -1;
    private static final int NONE = -1;
    /** What an outbox on storage may hold, though no topic here has such a number. */
    private static final int TOPICS = 256;

    private final DeviceRuntime runtime;
    private final Outbox outbox;
    private final Uplink uplink;
    private final ReadingListener listener;
    private final int drainIntervalMs;
    private final byte[] payload;
    private final byte[] priorities = new byte[TOPICS];
    private Task observer;

    private int nextToken;
    private int underWay = NO_TOKEN; // the uplink's token for the oldest message
    private long nextSendMs = Long.MIN_VALUE;

    private int accepted;
    private int delivered;
    private int dropped;
    private int rejected;
    private int uncertain;
    private int repeated;
    private int strays;

    /** @param drainIntervalMs shortest time between two messages, so that a full outbox does not flood the gateway, 0..60_000 ms */
    public OutboxTask(
            DeviceRuntime runtime, Outbox outbox, Uplink uplink, ReadingListener listener, int drainIntervalMs) {
        this.runtime = runtime;
        this.outbox = outbox;
        this.uplink = uplink;
        this.listener = listener;
        this.drainIntervalMs = Ranges.check("drainIntervalMs", drainIntervalMs, 0, 60_000);
        payload = new byte[outbox.payloadCapacity()];
        if (outbox.depth() > 0) {
            nextToken = after(outbox.token(outbox.depth() - 1));
            underWay = outbox.underWay();
        }
    }

    private static int after(int token) {
        return token == Integer.MAX_VALUE ? 0 : token + 1;
    }

    /**
     * Says how important the messages of a topic are when there is no room for all. Before the first turn; default 0 for every topic.
     *
     * @param topic 0..{@link ReadingSink#MAX_TOPICS} - 1
     * @param priority -128..127, the higher is kept longer
     * @return {@code OK}, or {@code INVALID} outside these ranges
     */
    public int priority(int topic, int priority) {
        if (topic < 0 || topic >= MAX_TOPICS || priority != (byte) priority) {
            return Status.INVALID;
        }
        priorities[topic] = (byte) priority;
        return Status.OK;
    }

    /** Has {@code observer} woken whenever a message comes in or ends. */
    void alsoWake(Task observer) {
        this.observer = observer;
    }

    private void wake() {
        runtime.wake(this);
        if (observer != null) {
            runtime.wake(observer);
        }
    }

    public int accept(int topic, byte[] payload, int offset, int length, int qos, long nowMs) {
        if (topic < 0 || topic >= MAX_TOPICS || qos < 0 || qos > 2) {
            return Status.INVALID;
        }
        if (length > outbox.payloadCapacity()) {
            return Status.TOO_LARGE;
        }
        int token = nextToken;
        int status = outbox.add(topic, qos, payload, offset, length, token, nowMs);
        while (status == Status.BUSY && makeRoom(topic, nowMs)) {
            status = outbox.add(topic, qos, payload, offset, length, token, nowMs);
        }
        if (status < 0) {
            return status;
        }
        nextToken = after(token);
        accepted++;
        wake();
        return token;
    }

    /**
     * Drops the oldest message among the least important, if none is more important than the new one. The message under way is not
     * dropped: its delivery may already be on its way back.
     */
    private boolean makeRoom(int newTopic, long nowMs) {
        int victim = NONE;
        int least = priorities[newTopic];
        for (int i = underWay == NO_TOKEN ? 0 : 1; i < outbox.depth(); i++) {
            int priority = priorities[outbox.topic(i) & 0xFF];
            if (priority < least || victim == NONE && priority == least) {
                victim = i;
                least = priority;
            }
        }
        if (victim == NONE) {
            return false;
        }
        dropped++;
        finish(victim, Outcome.DROPPED, nowMs);
        return true;
    }

    private void finish(int position, int status, long nowMs) {
        int token = outbox.token(position);
        outbox.remove(position);
        listener.onOutcome(token, status, nowMs);
    }

    public long run(long nowMs) {
        if (outbox.depth() == 0 || underWay != NO_TOKEN || !uplink.ready()) {
            return NEVER;
        }
        if (nowMs < nextSendMs) {
            return nextSendMs;
        }
        return send(nowMs);
    }

    private long send(long nowMs) {
        int length = outbox.payload(0, payload, 0, payload.length);
        outbox.handing(0);
        int token = length < 0 ? length : uplink.publish(outbox.topic(0), outbox.qos(0), payload, 0, length, nowMs);
        outbox.handing(-1);
        if (token == Status.BUSY || token == Status.NOT_CONNECTED) {
            return nowMs + BUSY_RETRY_MS;
        }
        if (token < 0) {
            rejected++;
            finish(0, Outcome.REJECTED, nowMs);
            return nowMs;
        }
        underWay = token;
        nextSendMs = nowMs + drainIntervalMs;
        return NEVER;
    }

    /**
     * The uplink reports the end of the message that it took last.
     *
     * @param status {@code OK}; {@link Outcome#REJECTED} when trying again is useless; {@link Outcome#UNCERTAIN} when it might double
     *     the message; another negative number when it broke off and is to be published again
     */
    public void onOutcome(int token, int status, long nowMs) {
        if (token != underWay || token == NO_TOKEN) {
            strays++;
            return;
        }
        underWay = NO_TOKEN;
        if (status >= 0) {
            delivered++;
            finish(0, Outcome.DELIVERED, nowMs);
        } else if (status == Outcome.REJECTED) {
            rejected++;
            finish(0, Outcome.REJECTED, nowMs);
        } else if (status == Outcome.UNCERTAIN) {
            uncertain++;
            finish(0, Outcome.UNCERTAIN, nowMs);
        } else {
            repeated++;
        }
        wake();
    }

    /** @return messages that wait or are under way */
    public int depth() {
        return outbox.depth();
    }

    /** @return whether everything accepted has come to its end */
    public boolean empty() {
        return outbox.depth() == 0;
    }

    /** @return messages accepted since the start */
    public int accepted() {
        return accepted;
    }

    /** @return messages confirmed since the start */
    public int delivered() {
        return delivered;
    }

    /** @return messages given up for want of room since the start */
    public int dropped() {
        return dropped;
    }

    /** @return messages that the gateway would not take, since the start */
    public int rejected() {
        return rejected;
    }

    /** @return messages of which it is not known whether they arrived, since the start */
    public int uncertain() {
        return uncertain;
    }

    /** @return how often a message was published again after it broke off */
    public int repeated() {
        return repeated;
    }

    /** @return outcomes reported for messages that were not under way */
    public int strays() {
        return strays;
    }
}

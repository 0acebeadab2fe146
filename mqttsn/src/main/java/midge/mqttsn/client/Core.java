package midge.mqttsn.client;

import midge.mqttsn.codec.SnMessage;
import midge.wire.Status;

/** What the procedures of one client share. */
final class Core {
    static final int WISH_NOTHING = 0;
    static final int WISH_SLEEP = 1;
    static final int WISH_DISCONNECT = 2;

    final SnClientConfig config;
    final SnClientListener listener;
    final SnCounters counters = new SnCounters();
    /** The frame that is being taken in. */
    final SnMessage message = new SnMessage();

    final Timers timers = new Timers();
    final Exchange exchange;
    final Outbox outbox;
    final Topics topics;
    final Replies replies;
    final Will will;

    int state = SnClient.DISCONNECTED;
    /** Time of the call in progress, or of the last one. */
    long nowMs;
    /** What the application wants once nothing is left to send. */
    int wish;

    private int lastMsgId;

    Core(SnClientConfig config, SnClientListener listener) {
        this.config = config;
        this.listener = listener;
        exchange = new Exchange(timers, config.retryMs());
        outbox = new Outbox(config.outboxOctets());
        topics = new Topics(config.topicEntries(), config.topicPoolOctets(), outbox);
        replies = new Replies(config.replies());
        will = new Will(config);
        for (int i = 0; i < config.predefinedCount(); i++) {
            byte[] name = config.predefinedName(i);
            int entry = topics.add(name, 0, name.length, Topics.PREDEFINED);
            topics.assign(entry, config.predefinedId(i));
        }
    }

    /** @return 1..65535, not the one of the message that may be resent after a reconnect */
    int nextMsgId() {
        do {
            lastMsgId = lastMsgId == 0xFFFF ? 1 : lastMsgId + 1;
        } while (lastMsgId == outbox.msgId());
        return lastMsgId;
    }

    /** The exchange in hand has its answer, so the gateway is there and has heard from us. */
    void answered() {
        exchange.finish();
        if (state == SnClient.ACTIVE) {
            startKeepAlive();
        }
    }

    void startKeepAlive() {
        int keepAliveS = config.keepAliveS();
        if (keepAliveS > 0) {
            timers.start(Timers.KEEP_ALIVE, nowMs + keepAliveS * 1000L - config.earlyMs(keepAliveS));
        }
    }

    /** "Rejected: congestion": nothing is sent from the outbox for T_wait, then the head gets a new attempt. */
    void congested() {
        counters.congestions++;
        timers.start(Timers.WAIT, nowMs + config.waitMs());
    }

    void stray() {
        counters.stray++;
    }

    /** @return a frame that nothing here waits for */
    int ignore() {
        stray();
        return Status.WRONG_STATE;
    }

    /** Ends the connection and reports it; nothing else may follow in the caller. */
    void disconnected(int cause, int returnCode) {
        state = cause == SnClientListener.GATEWAY_LOST ? SnClient.LOST : SnClient.DISCONNECTED;
        wish = WISH_NOTHING;
        exchange.finish();
        timers.stop(Timers.KEEP_ALIVE);
        timers.stop(Timers.SLEEP);
        replies.clear();
        listener.onDisconnected(cause, returnCode, nowMs);
    }
}

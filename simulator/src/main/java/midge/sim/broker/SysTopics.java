package midge.sim.broker;

import java.nio.charset.StandardCharsets;

/** What the broker tells about itself, retained below {@code $SYS/broker}, under the names that Mosquitto made common. */
final class SysTopics extends Deadlines.Owner {
    private final BrokerCore core;
    private long nextMs;

    SysTopics(BrokerCore core) {
        this.core = core;
        nextMs = core.nowMs + core.config.sysMs();
    }

    /**
     * Brings the values up to date.
     *
     * @param live whether those who have subscribed already are told
     */
    static void refresh(BrokerCore core, boolean live) {
        BrokerCounters counters = core.counters;
        put(core, live, "version", "midge 0.1.0");
        put(core, live, "uptime", (core.nowMs - core.startedMs) / 1000 + " seconds");
        put(core, live, "clients/connected", Long.toString(core.connected));
        put(core, live, "clients/total", Long.toString(core.sessions.count()));
        put(core, live, "messages/received", Long.toString(counters.packetsReceived));
        put(core, live, "messages/sent", Long.toString(counters.packetsSent));
        put(core, live, "publish/messages/received", Long.toString(counters.publishesReceived));
        put(core, live, "publish/messages/sent", Long.toString(counters.publishesSent));
        put(core, live, "publish/messages/dropped", Long.toString(counters.publishesDropped));
        put(core, live, "bytes/received", Long.toString(counters.octetsReceived));
        put(core, live, "bytes/sent", Long.toString(counters.octetsSent));
        TopicTree tree = core.router.tree();
        put(core, live, "subscriptions/count", Long.toString(tree.subscriptionCount()));
        put(core, live, "retained messages/count", Long.toString(tree.retainedCount()));
    }

    private static void put(BrokerCore core, boolean live, String name, String value) {
        Message message = Message.own("$SYS/broker/" + name, value.getBytes(StandardCharsets.US_ASCII), true);
        if (live) {
            core.router.publishOwn(message);
        } else {
            core.router.retainOwn(message);
        }
    }

    @Override
    long deadlineMs() {
        return core.router.isSysWatched() ? nextMs : Deadlines.NEVER;
    }

    @Override
    void onDeadline(long nowMs) {
        nextMs = nowMs + core.config.sysMs();
        refresh(core, true);
    }
}

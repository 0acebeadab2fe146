package midge.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import midge.gateway.core.GatewayCore;
import midge.gateway.net.GatewayLoop;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;

/**
 * Tells at the broker how the gateway is, retained, as brokers do below {@code $SYS}: {@code TOPIC/clients/active},
 * {@code TOPIC/counters/published_up} and so on, each only when it has changed. {@code TOPIC} itself is {@code online} or {@code offline}.
 */
public final class StatusTopics {
    private static final long LOOK_MS = 500;

    private final GatewayLoop gateway;
    private final String topic;
    private final long everyMs;
    private final Map<String, Long> told = new HashMap<>();
    private long dueMs;

    private StatusTopics(GatewayLoop gateway, String topic, long everyMs) {
        this.gateway = gateway;
        this.topic = topic;
        this.everyMs = everyMs;
    }

    /** Begins to tell, if the settings name a topic; ends with the gateway. */
    public static void begin(GatewayLoop gateway, GatewaySettings settings) {
        String topic = new String(settings.config().statusTopic(), UTF_8);
        if (!topic.isEmpty()) {
            gateway.every(LOOK_MS, new StatusTopics(gateway, topic, settings.statusEveryMs())::look);
        }
    }

    /** After a break the broker may be another one, or have forgotten: it hears everything. */
    private void look() {
        long nowMs = gateway.nowMs();
        if (!gateway.core().canTell(nowMs)) {
            told.clear();
            dueMs = nowMs;
        } else if (nowMs >= dueMs) {
            dueMs = nowMs + everyMs;
            tell();
        }
        gateway.settle();
    }

    /** Counting the sessions by their state takes a microsecond for a hundred of them. */
    private void tell() {
        GatewayCore core = gateway.core();
        long[] states = new long[SessionState.LOST + 1];
        for (int i = 0; i < core.sessions().count(); i++) {
            states[core.sessions().get(i).state()]++;
        }
        tell("uptime_s", gateway.nowMs() / 1_000);
        for (int state = 0; state < states.length; state++) {
            tell("clients/" + SessionState.name(state), states[state]);
        }
        GatewayCounters counters = gateway.counters();
        for (int i = 0; i < GatewayCounters.count(); i++) {
            tell("counters/" + GatewayCounters.name(i), counters.value(i));
        }
    }

    private void tell(String below, long value) {
        Long before = told.put(below, value);
        if (before == null || before != value) {
            byte[] payload = Long.toString(value).getBytes(UTF_8);
            gateway.core().tell((topic + "/" + below).getBytes(UTF_8), payload, gateway.nowMs());
        }
    }
}

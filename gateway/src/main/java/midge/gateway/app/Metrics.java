package midge.gateway.app;

import java.nio.charset.StandardCharsets;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;

/** A status as Prometheus reads it: text format 0.0.4. */
final class Metrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "midge_gateway_";
    private static final String DROP = "drop_";

    private Metrics() {}

    static byte[] text(GatewayStatus status, GatewayConfig config) {
        StringBuilder out = new StringBuilder(8 * 1024);
        for (int i = 0; i < GatewayCounters.count(); i++) {
            String name = GatewayCounters.name(i);
            if (!name.startsWith(DROP)) {
                head(out, name + "_total", "counter", "What GatewayCounters calls " + name + ".");
                sample(out, name + "_total", "", status.counters[i]);
            }
        }
        head(out, "dropped_total", "counter", "Datagrams, packets and messages dropped, by reason.");
        for (int i = 0; i < GatewayCounters.count(); i++) {
            String name = GatewayCounters.name(i);
            if (name.startsWith(DROP)) {
                sample(out, "dropped_total", "{reason=\"" + name.substring(DROP.length()) + "\"}", status.counters[i]);
            }
        }
        head(out, "messages_total", "counter", "MQTT-SN messages from and to clients, by type, copies included.");
        for (int type = 0; type < status.fromClients.length; type++) {
            message(out, "from", type, status.fromClients[type]);
            message(out, "to", type, status.toClients[type]);
        }
        head(out, "sessions", "gauge", "Known clients by state.");
        for (int state = 0; state < status.sessionsByState.length; state++) {
            String label = "{state=\"" + SessionState.name(state) + "\"}";
            sample(out, "sessions", label, status.sessionsByState[state]);
        }
        gauge(out, "sessions_limit", "Clients that can be known at one time.", config.maxSessions());
        gauge(out, "queued_messages", "Messages kept for clients.", status.queuedMessages);
        gauge(out, "pool_used_octets", "Octets of queues and buffers in use.", status.usedOctets);
        gauge(out, "pool_limit_octets", "Octets that queues and buffers may use.", config.poolOctets());
        gauge(
                out,
                "broker_reachable",
                "1: no attempt to reach the broker failed lately.",
                status.brokerReachable ? 1 : 0);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Types that never came are left out. */
    private static void message(StringBuilder out, String direction, int type, long count) {
        if (count > 0) {
            String labels = "{client=\"" + direction + "\",type=\"" + PacketText.typeName(type) + "\"}";
            sample(out, "messages_total", labels, count);
        }
    }

    private static void gauge(StringBuilder out, String name, String help, long value) {
        head(out, name, "gauge", help);
        sample(out, name, "", value);
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        out.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private static void sample(StringBuilder out, String name, String labels, long value) {
        out.append(PREFIX).append(name).append(labels).append(' ').append(value).append('\n');
    }
}

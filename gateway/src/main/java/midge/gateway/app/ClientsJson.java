package midge.gateway.app;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import midge.gateway.config.GatewayConfig;
import midge.gateway.flow.Session;
import midge.gateway.net.GatewayLoop;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;

/**
 * The clients as the status page reads them: one bounded page of those whose id has some text in it, beside the gateway's totals. Read on
 * the event loop, some sessions at a time.
 */
final class ClientsJson {
    static final int COUNT_MAX = 500;

    private final String filter;
    private final int from;
    private final int count;
    private final StringBuilder rows = new StringBuilder(16 * 1024);
    private int matching;
    private int shown;

    /**
     * @param filter what a client id must contain; empty: anything
     * @param from how many matching clients are passed over
     * @param count how many follow at most, 1..{@value #COUNT_MAX}
     */
    ClientsJson(String filter, int from, int count) {
        this.filter = filter;
        this.from = from;
        this.count = count;
    }

    byte[] read(GatewayLoop gateway, GatewayConfig config) throws TimeoutException, InterruptedException {
        GatewayStatus status = GatewayStatus.of(gateway, session -> take(session, gateway.nowMs()));
        StringBuilder out = new StringBuilder(rows.length() + 1024).append("{\"gateway\":{");
        number(out, "id", config.gatewayId()).append(',');
        number(out, "limit", config.maxSessions()).append(',');
        out.append("\"brokerReachable\":").append(status.brokerReachable).append(',');
        number(out, "queued", status.queuedMessages).append(',');
        number(out, "poolUsed", status.usedOctets).append(',');
        number(out, "poolLimit", config.poolOctets()).append(',');
        number(out, "publishedUp", status.counters[GatewayCounters.PUBLISHED_UP])
                .append(',');
        number(out, "deliveredDown", status.counters[GatewayCounters.DELIVERED_DOWN])
                .append(",\"states\":{");
        for (int state = 0; state < status.sessionsByState.length; state++) {
            out.append(state == 0 ? "" : ",");
            number(out, SessionState.name(state), status.sessionsByState[state]);
        }
        out.append("}},");
        number(out, "total", matching).append(',');
        number(out, "from", from).append(',');
        return out.append("\"clients\":[")
                .append(rows)
                .append("]}\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private void take(Session session, long nowMs) {
        String id = new String(session.clientId(), StandardCharsets.UTF_8);
        if (!id.contains(filter)) {
            return;
        }
        if (matching++ < from || shown == count) {
            return;
        }
        rows.append(shown++ == 0 ? "{" : ",{");
        text(rows, "id", id).append(',');
        text(rows, "state", SessionState.name(session.state())).append(',');
        text(rows, "address", session.hasPeer() ? PeerText.of(session.peer()) : "")
                .append(',');
        number(rows, "silentMs", nowMs - session.heardMs()).append(',');
        number(rows, "queued", session.queued()).append(',');
        number(rows, "asked", session.asked()).append(',');
        number(rows, "repeated", session.repeated()).append(',');
        rows.append("\"brokerUp\":").append(session.link().isUp()).append('}');
    }

    private static StringBuilder number(StringBuilder out, String name, long value) {
        return out.append('"').append(name).append("\":").append(value);
    }

    private static StringBuilder text(StringBuilder out, String name, String value) {
        out.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.getType(c) == Character.FORMAT || Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }
}

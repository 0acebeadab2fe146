package midge.gateway.app;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.PacketObserver;
import midge.mqtt.codec.MqttNames;

/** One line for each refusal of the broker, with its reason; no more than a few in a while, since thousands may be refused at once. */
public final class RefusalLog implements PacketObserver {
    private static final int LINES = 10;
    private static final long WHILE_MS = 10_000;

    private final IntFunction<String> names;
    private final Consumer<String> sink;
    private long sinceMs = Long.MIN_VALUE / 2;
    private int lines;

    /**
     * @param core tells the clients' ids
     * @param sink takes each line
     */
    public RefusalLog(GatewayCore core, Consumer<String> sink) {
        this(session -> PacketLog.nameOf(core, session), sink);
    }

    RefusalLog(IntFunction<String> names, Consumer<String> sink) {
        this.names = names;
        this.sink = sink;
    }

    @Override
    public void onBrokerRefusal(
            int session, int packetType, int reasonCode, byte[] text, int offset, int length, long nowMs) {
        if (nowMs - sinceMs >= WHILE_MS) {
            sinceMs = nowMs;
            lines = 0;
        }
        if (++lines < LINES) {
            sink.accept(line(names.apply(session), packetType, reasonCode, text, offset, length));
        } else if (lines == LINES) {
            sink.accept("the broker refuses more, which is not logged for a while; /metrics counts it");
        }
    }

    static String line(String client, int packetType, int reasonCode, byte[] text, int offset, int length) {
        String reason = MqttNames.ofReason(reasonCode);
        return "the broker said " + MqttNames.ofType(packetType) + " to " + client + ": " + reason
                + (length == 0 ? "" : " (" + PacketLog.printable(text, offset, length) + ")");
    }
}

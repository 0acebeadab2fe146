package midge.gateway.app;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.mqttsn.codec.SnConnect;

/**
 * One line for each packet: who, which way, type, ids, sizes; never a payload. Costs strings for each packet, so it is for finding
 * faults, not for every day.
 */
public final class PacketLog implements PacketObserver {
    private final IntFunction<String> names;
    private final Consumer<String> sink;
    private final PacketText text = new PacketText();
    private final SnConnect connect = new SnConnect();

    /**
     * @param core tells the clients' ids
     * @param sink takes each line
     */
    public PacketLog(GatewayCore core, Consumer<String> sink) {
        this(session -> nameOf(core, session), sink);
    }

    PacketLog(IntFunction<String> names, Consumer<String> sink) {
        this.names = names;
        this.sink = sink;
    }

    static String nameOf(GatewayCore core, int session) {
        if (session >= core.sessions().count()) {
            return "(QoS -1)";
        }
        byte[] id = core.sessions().get(session).clientId();
        return printable(id, 0, id.length);
    }

    @Override
    public void fromClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        sink.accept(sender(session, peer, frame, offset, length) + " -> " + text.ofSn(frame, offset, length));
    }

    @Override
    public void toClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        sink.accept(who(session, peer) + " <- " + text.ofSn(frame, offset, length));
    }

    @Override
    public void fromBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        sink.accept("broker for " + names.apply(session) + " -> " + text.ofMqtt(packet, offset, length));
    }

    @Override
    public void toBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        sink.accept("broker for " + names.apply(session) + " <- " + text.ofMqtt(packet, offset, length));
    }

    @Override
    public void onState(int session, int from, int to, long nowMs) {
        sink.accept(names.apply(session) + " is " + SessionState.name(to) + ", was " + SessionState.name(from));
    }

    @Override
    public void onDropped(int session, int counter, long nowMs) {
        sink.accept((session < 0 ? "stranger" : names.apply(session)) + " " + GatewayCounters.name(counter));
    }

    @Override
    public void onBrokerRefusal(
            int session, int packetType, int reasonCode, byte[] text, int offset, int length, long nowMs) {
        sink.accept(RefusalLog.line(names.apply(session), packetType, reasonCode, text, offset, length));
    }

    private String sender(int session, Peer peer, byte[] frame, int offset, int length) {
        if (session < 0 && connect.wrap(frame, offset, length) >= 0) {
            return printable(frame, connect.clientIdOffset(), connect.clientIdLength());
        }
        return who(session, peer);
    }

    private String who(int session, Peer peer) {
        if (session >= 0) {
            return names.apply(session);
        }
        return peer.attachment() == null ? "peer " + peer : "peer " + peer.attachment();
    }

    /** {@return text from the network, fit for a log line} */
    static String printable(byte[] octets, int offset, int length) {
        String text = new String(octets, offset, length, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c);
        }
        return out.isEmpty() ? "(no id)" : out.toString();
    }
}

package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.gateway.store.StateStore;
import midge.hal.store.Storage;
import midge.profile.Hex;
import org.jspecify.annotations.Nullable;

/**
 * A gateway core between scripted peers. What it does is collected as lines, which a test names in order with {@link #expect}:
 * {@code "A 03 05 00"} for a datagram to client A, {@code "#0 C0 00"} for octets to the broker on connection 0, {@code "open 0"},
 * {@code "close 0"}.
 */
final class Script implements GatewayPorts {
    final GatewayCore core;
    long nowMs = 1_000_000;
    int brokerTakes = Integer.MAX_VALUE;
    int restored;

    @Nullable
    StateStore store;

    private final List<String> lines = new ArrayList<>();
    private final Peer key = new Peer();

    Script() {
        this(options -> options);
    }

    Script(UnaryOperator<GatewayConfigBuilder> options) {
        core = new GatewayCore(config(options), this, 7);
    }

    /** A gateway with a journal in these storages, which may hold that of a process before; {@link #nowMs} is a new one's. */
    Script(UnaryOperator<GatewayConfigBuilder> options, Storage first, Storage second) {
        GatewayConfig config = config(options);
        store = new StateStore(first, second, config.durability(), config.storeBatchMs());
        core = new GatewayCore(config, this, 7, store);
        nowMs = 5_000;
        restored = core.restore(nowMs);
        core.commit(nowMs);
    }

    private static GatewayConfig config(UnaryOperator<GatewayConfigBuilder> options) {
        GatewayConfigBuilder builder = GatewayConfig.builder()
                .maxSessions(8)
                .predefined(5, "site/five")
                .predefined("c1", 6, "own/six")
                .backoffMs(1_000, 8_000);
        return options.apply(builder).build();
    }

    /** Client {@code name}, one letter, sends a datagram. */
    Script from(String name, String hex) {
        return from(peer(name), hex);
    }

    Script from(Peer peer, String hex) {
        byte[] frame = Hex.bytes(hex);
        byte[] padded = new byte[frame.length + 7];
        System.arraycopy(frame, 0, padded, 3, frame.length);
        key.set(peer);
        core.onDatagram(key, padded, 3, frame.length, nowMs);
        core.commit(nowMs);
        return this;
    }

    static Peer peer(String name) {
        return Peer.of(0, (byte) 10, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) name.charAt(0));
    }

    /** The broker sends octets on a connection. */
    Script broker(int session, String hex) {
        byte[] octets = Hex.bytes(hex);
        core.onBrokerBytes(session, octets, 0, octets.length, nowMs);
        core.commit(nowMs);
        return this;
    }

    Script opened(int session) {
        core.onBrokerOpen(session, nowMs);
        core.commit(nowMs);
        return this;
    }

    Script closed(int session) {
        core.onBrokerClosed(session, nowMs);
        core.commit(nowMs);
        return this;
    }

    /** Lets time pass, in steps of the core's own deadlines. */
    Script pass(long ms) {
        long endMs = nowMs + ms;
        while (core.nextDeadlineMs() <= endMs) {
            nowMs = Math.max(nowMs, core.nextDeadlineMs());
            core.onTimeout(nowMs);
            core.commit(nowMs);
        }
        nowMs = endMs;
        core.onTimeout(nowMs);
        core.commit(nowMs);
        return this;
    }

    /** All that happened since the last call, in order. */
    Script expect(String... expected) {
        List<String> normal = new ArrayList<>();
        for (String line : expected) {
            normal.add(line.replaceAll("\\s+", " ").trim());
        }
        assertThat(lines).containsExactlyElementsOf(normal);
        lines.clear();
        return this;
    }

    Script silence() {
        return expect();
    }

    /** Forgets what happened since the last call. */
    Script skip() {
        lines.clear();
        return this;
    }

    /** Lines since the last call, which are forgotten. */
    List<String> take() {
        List<String> taken = new ArrayList<>(lines);
        lines.clear();
        return taken;
    }

    /** Connects a client without will. @param flags 00 or 04 */
    Script connect(String name, String id, String flags, int session, String connack) {
        String text = Hex.of(id.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        from(name, String.format("%02X 04 %s 01 00 3C %s", 6 + id.length(), flags, text));
        opened(session);
        broker(session, connack);
        assertThat(lines).contains(name + " 03 05 00");
        return skip();
    }

    /** Client A, id c1, clean session, on connection 0. */
    Script connect() {
        return connect("A", "c1", "04", 0, "20 02 00 00");
    }

    /** Client A, id c1, kept session, on connection 0. */
    Script connectKept() {
        return connect("A", "c1", "00", 0, "20 02 00 00");
    }

    /** A registers {@code a/b/c} and gets id 1. */
    Script register() {
        return from("A", "0B 0A 00 00 00 01 61 2F 62 2F 63").expect("A 07 0B 00 01 00 01 00");
    }

    long count(int counter) {
        return core.counters().value(counter);
    }

    int state(int session) {
        return core.sessions().get(session).state();
    }

    @Override
    public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
        byte[] address = new byte[Peer.MAX_ADDRESS];
        int size = to.address(address, 0);
        String name = size == 0 ? "*" : String.valueOf((char) address[size - 1]);
        lines.add(name + " " + Hex.of(frame, offset, length));
    }

    @Override
    public void openBroker(int session) {
        lines.add("open " + session);
    }

    @Override
    public void openBroker(int session, int broker) {
        lines.add("open " + session + (broker == 0 ? "" : " at " + broker));
    }

    @Override
    public int sendBroker(int session, byte[] octets, int offset, int length) {
        int taken = Math.min(length, brokerTakes);
        brokerTakes -= taken;
        if (taken > 0) {
            lines.add("#" + session + " " + Hex.of(octets, offset, taken));
        }
        return taken;
    }

    @Override
    public void closeBroker(int session) {
        lines.add("close " + session);
    }
}

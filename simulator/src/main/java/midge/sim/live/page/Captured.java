package midge.sim.live.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;
import midge.sim.export.GatewayCapture;
import midge.sim.export.PcapWriter;

/** Keeps the gateway's last packets, up to {@value #OCTETS_MAX} octets of them, for a capture that somebody may ask for later. */
final class Captured implements PacketObserver {
    private static final int OCTETS_MAX = 4 << 20;
    /** What an entry costs beside its packet. */
    private static final int ENTRY_OCTETS = 128;

    @FunctionalInterface
    private interface Replay {
        void to(PacketObserver observer);
    }

    private record Entry(int octets, Replay replay) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long octets;

    private void keep(int length, Replay replay) {
        entries.addLast(new Entry(length + ENTRY_OCTETS, replay));
        octets += length + ENTRY_OCTETS;
        while (octets > OCTETS_MAX) {
            octets -= entries.removeFirst().octets();
        }
    }

    private static byte[] copy(byte[] from, int offset, int length) {
        return java.util.Arrays.copyOfRange(from, offset, offset + length);
    }

    @Override
    public void fromClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        Peer from = new Peer().set(peer);
        byte[] kept = copy(frame, offset, length);
        keep(length, observer -> observer.fromClient(session, from, kept, 0, kept.length, nowMs));
    }

    @Override
    public void toClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        Peer to = new Peer().set(peer);
        byte[] kept = copy(frame, offset, length);
        keep(length, observer -> observer.toClient(session, to, kept, 0, kept.length, nowMs));
    }

    @Override
    public void fromBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        byte[] kept = copy(packet, offset, length);
        keep(length, observer -> observer.fromBroker(session, kept, 0, kept.length, nowMs));
    }

    @Override
    public void toBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        byte[] kept = copy(packet, offset, length);
        keep(length, observer -> observer.toBroker(session, kept, 0, kept.length, nowMs));
    }

    /**
     * {@return a file for Wireshark}
     *
     * @param startUnixMs calendar time of the world's 0 ms
     */
    byte[] pcap(long startUnixMs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GatewayCapture capture = new GatewayCapture(new PcapWriter(out, startUnixMs))) {
            entries.forEach(entry -> entry.replay().to(capture));
        }
        return out.toByteArray();
    }
}

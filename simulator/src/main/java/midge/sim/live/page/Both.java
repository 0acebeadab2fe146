package midge.sim.live.page;

import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;

/** Two observers at a gateway's one place. */
record Both(PacketObserver first, PacketObserver second) implements PacketObserver {
    @Override
    public void fromClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        first.fromClient(session, peer, frame, offset, length, nowMs);
        second.fromClient(session, peer, frame, offset, length, nowMs);
    }

    @Override
    public void toClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        first.toClient(session, peer, frame, offset, length, nowMs);
        second.toClient(session, peer, frame, offset, length, nowMs);
    }

    @Override
    public void fromBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        first.fromBroker(session, packet, offset, length, nowMs);
        second.fromBroker(session, packet, offset, length, nowMs);
    }

    @Override
    public void toBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        first.toBroker(session, packet, offset, length, nowMs);
        second.toBroker(session, packet, offset, length, nowMs);
    }
}

package midge.board.posix;

import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import org.teavm.interop.Address;

/** The connected UDP socket, to the gateway alone. */
final class UdpLink implements DatagramLink {
    private static final int MTU = 1_400;

    @Override
    public int mtu() {
        return MTU;
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        if (peer != GATEWAY) {
            return Hal.UNSUPPORTED;
        }
        return orGone(Posix.udpSend(Address.ofData(frame).add(offset), length));
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        return orGone(Posix.udpReceive(Address.ofData(into).add(offset), capacity));
    }

    private static int orGone(int moved) {
        return moved < 0 ? Hal.GONE : moved;
    }

    @Override
    public int lastPeer() {
        return GATEWAY;
    }
}

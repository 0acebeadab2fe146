package midge.board.serial;

import midge.hal.link.DatagramLink;

/**
 * A link and the port that it has for itself.
 *
 * @param closing closes the port
 */
public record PortLink(DatagramLink link, Runnable closing) implements DatagramLink, AutoCloseable {
    @Override
    public int mtu() {
        return link.mtu();
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        return link.send(peer, frame, offset, length);
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        return link.receive(into, offset, capacity);
    }

    @Override
    public int lastPeer() {
        return link.lastPeer();
    }

    @Override
    public void close() {
        closing.run();
    }
}

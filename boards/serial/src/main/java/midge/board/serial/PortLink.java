package midge.board.serial;

import java.util.function.IntSupplier;
import midge.hal.link.DatagramLink;
import midge.hal.link.LossyLink;

/**
 * A link and the port that it has for itself.
 *
 * @param link over the port
 * @param dropped frames that it has dropped
 * @param closing closes the port
 */
public record PortLink(DatagramLink link, IntSupplier dropped, Runnable closing) implements LossyLink, AutoCloseable {
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
    public int droppedFrames() {
        return dropped.getAsInt();
    }

    @Override
    public void close() {
        closing.run();
    }
}

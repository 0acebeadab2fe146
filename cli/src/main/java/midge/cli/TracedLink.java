package midge.cli;

import java.io.PrintStream;
import midge.board.jvm.HostLink;

/** Prints what goes through another link, one line a packet. */
final class TracedLink implements HostLink {
    private final HostLink link;
    private final PacketTrace sent;
    private final PacketTrace received;

    TracedLink(HostLink link, int version, PrintStream log) {
        this.link = link;
        sent = new PacketTrace(version, line -> log.println("midge: sent " + line));
        received = new PacketTrace(version, line -> log.println("midge: received " + line));
    }

    @Override
    public int open() {
        sent.reset();
        received.reset();
        return link.open();
    }

    @Override
    public int state() {
        return link.state();
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        int taken = link.send(bytes, offset, length);
        if (taken > 0) {
            sent.onBytes(bytes, offset, taken);
        }
        return taken;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        int got = link.receive(into, offset, capacity);
        if (got > 0) {
            received.onBytes(into, offset, got);
        }
        return got;
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public String failure() {
        return link.failure();
    }

    @Override
    public boolean isRefusal() {
        return link.isRefusal();
    }

    @Override
    public boolean isFlushed() {
        return link.isFlushed();
    }
}

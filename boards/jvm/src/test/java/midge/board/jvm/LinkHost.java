package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.function.BooleanSupplier;
import midge.hal.link.StreamLink;

/** A host's loop around one link: moves octets, rests in the selector, and never looks twice without a rest. */
final class LinkHost implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;

    final JvmClock clock = new JvmClock();
    final SelectorIdle idle = new SelectorIdle(clock);
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final byte[] in = new byte[5_000];
    private byte[] out = {};
    private int sent;

    /** Hands these octets to the link as it takes them. */
    void send(byte[] octets) {
        byte[] all = new byte[out.length - sent + octets.length];
        System.arraycopy(out, sent, all, 0, out.length - sent);
        System.arraycopy(octets, 0, all, out.length - sent, octets.length);
        out = all;
        sent = 0;
    }

    /** Turns and rests until {@code done}; a rest that nothing ends is a failure of the link. */
    void run(HostLink link, BooleanSupplier done) {
        long endMs = clock.nowMs() + PATIENCE_MS;
        while (true) {
            turn(link);
            if (done.getAsBoolean()) {
                return;
            }
            assertThat(clock.nowMs())
                    .as("nothing woke the host; " + link.failure())
                    .isLessThan(endMs);
            idle.until(endMs);
        }
    }

    private void turn(HostLink link) {
        boolean moved = true;
        while (moved) {
            moved = false;
            if (link.state() == StreamLink.OPEN && sent < out.length) {
                int taken = link.send(out, sent, out.length - sent);
                sent += Math.max(0, taken);
                moved = taken > 0;
            }
            int before = link.state();
            int got = link.receive(in, 0, in.length);
            if (got > 0) {
                received.write(in, 0, got);
            }
            moved = moved || got > 0 || link.state() != before;
        }
    }

    void runUntilOpen(HostLink link) {
        run(link, () -> link.state() != StreamLink.OPENING);
        assertThat(link.state()).as(link.failure()).isEqualTo(StreamLink.OPEN);
    }

    void runUntilClosed(HostLink link) {
        run(link, () -> link.state() == StreamLink.CLOSED);
    }

    void runUntilReceived(HostLink link, int octets) {
        run(link, () -> received.size() >= octets || link.state() == StreamLink.CLOSED);
        assertThat(received.size()).as(link.failure()).isEqualTo(octets);
    }

    @Override
    public void close() {
        idle.close();
    }
}

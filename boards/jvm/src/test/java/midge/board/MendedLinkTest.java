package midge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import org.junit.jupiter.api.Test;

class MendedLinkTest {
    private static final int PATIENCE_S = 20;

    private final BlockingQueue<Boolean> mended = new LinkedBlockingQueue<>();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Line line = new Line(100);
    private volatile boolean isPlugged = true;

    private final class Line implements DatagramLink, AutoCloseable {
        private final int mtu;
        private volatile boolean isGone;

        Line(int mtu) {
            this.mtu = mtu;
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public int send(int peer, byte[] frame, int offset, int length) {
            return isGone ? Hal.GONE : length > mtu ? Hal.INVALID : length;
        }

        @Override
        public int receive(byte[] into, int offset, int capacity) {
            return isGone ? Hal.GONE : 3;
        }

        @Override
        public int lastPeer() {
            return 7;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private DatagramLink open() throws IOException {
        if (!isPlugged) {
            throw new IOException("there is no line");
        }
        return line;
    }

    private MendedLink link() throws IOException {
        return new MendedLink(this::open, () -> mended.add(true));
    }

    @Test
    void aLinkThatCannotBeOpenedAtFirstIsNone() {
        isPlugged = false;
        assertThatThrownBy(this::link).hasMessage("there is no line");
    }

    @Test
    void framesPassWhileItIsThere() throws IOException {
        try (MendedLink link = link()) {
            assertThat(link.mtu()).isEqualTo(100);
            assertThat(link.send(0, new byte[9], 0, 9)).isEqualTo(9);
            assertThat(link.send(0, new byte[101], 0, 101)).isEqualTo(Hal.INVALID);
            assertThat(link.receive(new byte[9], 0, 9)).isEqualTo(3);
            assertThat(link.lastPeer()).isEqualTo(7);
            assertThat(link.failure()).isEmpty();
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void framesAreLostWhileItIsGoneAndPassAgainAfterwards() throws IOException, InterruptedException {
        try (MendedLink link = link()) {
            isPlugged = false;
            line.isGone = true;
            assertThat(link.receive(new byte[9], 0, 9)).isZero();
            assertThat(closed).hasValue(1);
            assertThat(link.send(0, new byte[9], 0, 9)).isEqualTo(9);
            assertThat(link.failure()).isNotEmpty();
            line = new Line(60);
            isPlugged = true;
            assertThat(mended.poll(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(link.receive(new byte[9], 0, 9)).isEqualTo(3);
            assertThat(link.mtu()).isEqualTo(60);
            assertThat(link.failure()).isEmpty();
        }
        assertThat(closed).hasValue(2);
    }

    @Test
    void sendingFindsOutToo() throws IOException {
        try (MendedLink link = link()) {
            isPlugged = false;
            line.isGone = true;
            assertThat(link.send(0, new byte[9], 0, 9)).isEqualTo(9);
            assertThat(link.failure()).isNotEmpty();
        }
    }
}

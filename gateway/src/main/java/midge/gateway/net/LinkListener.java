package midge.gateway.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * MQTT-SN over a link that the host opens, such as a serial port or a radio at one. The link lives on a thread of its own; bounded queues
 * lie between that and the gateway's loop. While the link is gone it is opened again and again, and clients keep their sessions.
 *
 * <p>A peer's address is the medium's own where it has addresses, otherwise the number that the link gives it.
 */
public final class LinkListener implements Listener {
    /** Datagrams on their way, in each direction. */
    private static final int QUEUE = 256;
    /** After so many the loop looks after others first. */
    private static final int BATCH = 64;
    /** Longest time that the last datagrams, a DISCONNECT to each client, may take to leave. */
    private static final int CLOSE_MS = 1_000;

    private final GatewayLoop gateway;
    private final EventLoop loop;
    private final int number;
    private final String name;
    private final LinkThread thread;
    private final Queue<Datagram> arrived = new ArrayBlockingQueue<>(QUEUE);
    private final Queue<Datagram> leaving = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private final LongAdder overflow = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final Peer key = new Peer();

    /**
     * A datagram and the other end's address, empty for everyone.
     *
     * @param address as in {@link Peer}
     * @param frame whole
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Datagram(byte[] address, byte[] frame) {}

    /**
     * Where a client was heard, for a person to read.
     *
     * @param text of the link, and of the address where there are several
     */
    public record Place(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Opens the link.
     *
     * @param name for people, such as its URI
     * @param largest octets of a datagram that is served
     */
    LinkListener(GatewayLoop gateway, int number, String name, LinkOpener opener, int largest) throws IOException {
        this.gateway = gateway;
        this.number = number;
        this.name = name;
        loop = gateway.eventLoop();
        thread = new LinkThread(name, opener, largest, new Queues());
    }

    /** @return the address of the only other end of a link without addresses, such as a serial line */
    public static byte[] otherEnd() {
        return new byte[] {0};
    }

    /** Begins to serve. */
    void start() {
        thread.start();
    }

    /** What the link's thread asks for and tells. */
    private final class Queues implements LinkThread.Ends {
        @Override
        public void arrived(byte[] address, byte[] frame) {
            if (!arrived.offer(new Datagram(address, frame))) {
                overflow.increment();
            }
            call();
        }

        @Override
        public @Nullable Datagram next() {
            return leaving.poll();
        }

        @Override
        public void dropped() {
            overflow.increment();
        }

        @Override
        public void damaged(int frames) {
            damaged.add(frames);
        }

        @Override
        public void gone() {
            lost.increment();
        }
    }

    private void call() {
        if (isCalled.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                overflow.increment(); // the gateway ends
            }
        }
    }

    private void drain() {
        isCalled.set(false);
        try {
            Datagram next = arrived.poll();
            for (int i = 0; next != null; i++) {
                deliver(next);
                next = i < BATCH ? arrived.poll() : null;
            }
        } catch (RuntimeException brokenInvariant) {
            // One session's fault must not keep back the datagrams of the others.
            Logger.error(brokenInvariant, "a datagram from {} failed", name);
        } finally {
            gateway.settle();
            if (!arrived.isEmpty()) {
                call();
            }
        }
    }

    private void deliver(Datagram datagram) {
        byte[] address = datagram.address();
        boolean isOnly = Arrays.equals(address, otherEnd());
        String place = isOnly ? name : name + " " + HexFormat.of().formatHex(address);
        key.set(number, address, 0, address.length).attach(new Place(place));
        gateway.onDatagram(key, datagram.frame(), 0, datagram.frame().length);
    }

    @Override
    public void send(Peer to, byte[] frame, int offset, int length) {
        byte[] address = new byte[to.addressLength()];
        to.address(address, 0);
        if (!leaving.offer(new Datagram(address, Arrays.copyOfRange(frame, offset, offset + length)))) {
            overflow.increment();
        }
    }

    @Override
    public void flush() {
        if (!leaving.isEmpty()) {
            thread.wake();
        }
    }

    @Override
    public void count(GatewayCounters counters) {
        counters.add(GatewayCounters.DROP_LINK_FULL, overflow.sumThenReset());
        counters.add(GatewayCounters.LINK_LOST, lost.sumThenReset());
        counters.add(GatewayCounters.DROP_LINK_DAMAGED, damaged.sumThenReset());
    }

    @Override
    public void close() {
        thread.close(CLOSE_MS);
    }
}

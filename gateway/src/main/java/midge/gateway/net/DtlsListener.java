package midge.gateway.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RelaxedDtlsEndpointContextMatcher;
import org.eclipse.californium.elements.util.Bytes;
import org.eclipse.californium.scandium.DTLSConnector;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * MQTT-SN over DTLS 1.2 on one UDP socket (RFC 6347), with Connection ID (RFC 9146). Handshakes and ciphers run on threads of their own;
 * what they decipher waits in a bounded queue for the gateway's loop.
 *
 * <p>A peer's address is the beginning of its DTLS session's id. So it stays when the client's IP address changes, and nobody else ever
 * has it. Where the client is reached at present is known to the peer's attachment.
 */
final class DtlsListener implements Listener {
    /** Messages on their way to the loop. */
    private static final int QUEUE = 1_024;
    /** After so many the loop looks after others first. */
    private static final int BATCH = 256;
    /** Octets of a session's id that are the peer's address. */
    private static final int ADDRESS = 16;
    /** How long what was sent last may take to leave. */
    private static final long LAST_WORDS_MS = 500;

    private final GatewayLoop gateway;
    private final EventLoop loop;
    private final int number;
    private final DTLSConnector connector;
    private final Queue<RawData> arrived = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private final AtomicInteger leaving = new AtomicInteger();
    private final DtlsCounts counts = new DtlsCounts();
    private final Map<Bytes, Way> ways;
    private final Peer key = new Peer();
    private final MessageCallback sent = new Leaving();

    /** Where a session's client was heard last. */
    private static final class Way {
        private EndpointContext context;

        Way(EndpointContext context) {
            this.context = context;
        }

        @Override
        public String toString() {
            return context.getPeerAddress().toString();
        }
    }

    /** Listens from {@link #bind} on. */
    DtlsListener(GatewayLoop gateway, int number, InetSocketAddress at, DtlsSecurity security) {
        this.gateway = gateway;
        this.number = number;
        loop = gateway.eventLoop();
        int sessions = security.sessions();
        ways = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Bytes, Way> eldest) {
                return size() > sessions;
            }
        };
        connector = new DTLSConnector(security.connector()
                .setAddress(at)
                .setHealthHandler(counts)
                .setSessionListener(counts.failures())
                .build());
        connector.setRawDataReceiver(this::receive);
        // An answer is for the session whose message it answers, not for who has its address now.
        connector.setEndpointContextMatcher(new RelaxedDtlsEndpointContextMatcher());
    }

    void bind() throws IOException {
        connector.start();
    }

    InetSocketAddress address() {
        return connector.getAddress();
    }

    /** On one of the connector's threads. */
    private void receive(RawData data) {
        if (!arrived.offer(data)) {
            counts.overflow.increment();
        }
        call();
    }

    private void call() {
        if (isCalled.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                counts.overflow.increment(); // the gateway ends
            }
        }
    }

    private void drain() {
        isCalled.set(false);
        try {
            RawData data = arrived.poll();
            for (int i = 0; data != null; i++) {
                deliver(data);
                data = i < BATCH ? arrived.poll() : null;
            }
        } catch (RuntimeException brokenInvariant) {
            // One session's fault must not keep back the datagrams of the others.
            Logger.error(brokenInvariant, "a datagram by DTLS failed");
        } finally {
            gateway.settle();
            if (!arrived.isEmpty()) {
                call();
            }
        }
    }

    private void deliver(RawData data) {
        EndpointContext context = data.getEndpointContext();
        Bytes session = context.get(DtlsEndpointContext.KEY_SESSION_ID);
        if (session == null || session.length() < ADDRESS) {
            counts.overflow.increment(); // a server that gives every session an id has none without
            return;
        }
        Way way = ways.computeIfAbsent(session, id -> new Way(context));
        way.context = context;
        byte[] frame = data.getBytes();
        key.set(number, session.getBytes(), 0, ADDRESS)
                .attach(way)
                .identify(DtlsIdentity.of(context.getPeerIdentity()));
        gateway.onDatagram(key, frame, 0, frame.length);
    }

    @Override
    public void send(Peer to, byte[] frame, int offset, int length) {
        if (!(to.attachment() instanceof Way way)) {
            return; // DTLS reaches nobody whom it does not know
        }
        byte[] copy = Arrays.copyOfRange(frame, offset, offset + length);
        leaving.incrementAndGet();
        try {
            connector.send(RawData.outbound(copy, way.context, sent, false));
        } catch (IllegalStateException e) {
            // counted by the callback: the connector ends
        }
    }

    @Override
    public void count(GatewayCounters counters) {
        counts.moveTo(counters);
    }

    @Override
    public void close() {
        long endNs = System.nanoTime() + LAST_WORDS_MS * 1_000_000;
        while (leaving.get() > 0 && System.nanoTime() < endNs) {
            LockSupport.parkNanos(1_000_000);
        }
        connector.destroy();
    }

    /** Told of each datagram what became of it, by one of the connector's threads. */
    private final class Leaving implements MessageCallback {
        @Override
        public void onSent() {
            leaving.decrementAndGet();
        }

        @Override
        public void onError(@Nullable Throwable error) {
            leaving.decrementAndGet();
            counts.overflow.increment();
        }

        @Override
        public void onConnecting() {
            // a server makes no connections
        }

        @Override
        public void onDtlsRetransmission(int flight) {
            // the handshake's own matter
        }

        @Override
        public void onContextEstablished(EndpointContext context) {
            // it was there before
        }
    }
}

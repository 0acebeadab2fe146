package midge.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets that are closed and opened in one turn of the event loop, as a will update does. */
class BrokerConnectionsTest {
    private static final int SESSIONS = 20;
    private static final int ROUNDS = 200;
    private static final int PATIENCE_S = 20;

    private EventLoopGroup loops;
    private ServerSocket server;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** All peers speak and hang up while the loop looks away, and what the first one said has all connections made anew. */
    @ParameterizedTest
    @EnumSource
    void aConnectionOpenedInTheTurnOfACloseLives(Transport transport) throws Exception {
        Assumptions.assumeTrue(transport != Transport.EPOLL || Epoll.isAvailable());
        loops = transport.newLoops(1, "connections");
        server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_S * 1000);
        EventLoop loop = loops.next();
        Recorder recorder = new Recorder();
        Broker broker = Broker.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        BrokerConnections connections = new BrokerConnections(transport, loop, List.of(broker), recorder);
        Runnable anew = () -> {
            for (int session = 0; session < SESSIONS; session++) {
                connections.close(session);
                connections.open(session, 0);
            }
        };
        recorder.opened = new CountDownLatch(SESSIONS);
        loop.submit(anew).sync();
        for (int round = 0; round < ROUNDS; round++) {
            List<Socket> peers = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                peers.add(server.accept());
            }
            assertThat(recorder.opened.await(PATIENCE_S, TimeUnit.SECONDS))
                    .as("round %d: %d never opened, %d closed", round, recorder.opened.getCount(), recorder.closed)
                    .isTrue();
            recorder.opened = new CountDownLatch(SESSIONS);
            CountDownLatch away = new CountDownLatch(1);
            CountDownLatch said = new CountDownLatch(1);
            loop.execute(() -> {
                recorder.onFirst = anew;
                away.countDown();
                await(said);
            });
            away.await();
            for (Socket peer : peers) {
                peer.getOutputStream().write(1);
                peer.close();
            }
            said.countDown();
        }
        assertThat(recorder.opened.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.closed).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Recorder implements BrokerConnections.Events {
        volatile CountDownLatch opened = new CountDownLatch(0);
        volatile int closed;
        private Runnable onFirst = () -> {};

        @Override
        public void opened(int session) {
            opened.countDown();
        }

        @Override
        public void received(int session, byte[] bytes, int offset, int length) {
            Runnable first = onFirst;
            onFirst = () -> {};
            first.run();
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
        public void closed(int session) {
            closed++;
        }

        @Override
        public void writable(int session) {}

        @Override
        public void settled() {}
    }
}

package midge.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import midge.bench.throughput.Broker;
import midge.gateway.config.GatewayConfig;
import midge.gateway.core.GatewayCore;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Transport;
import midge.sim.peer.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The soak of {@code gateway-soak.sh}, short. */
class SoakTest {
    private static final int CLIENTS = 200;
    private static final int ACTIONS_PER_S = 400;
    private static final long HALF_MS = 6_000;
    /** Between two moments some messages are on their way, and some octets wait for a socket. */
    private static final long POOL_GROWTH_OCTETS = 64 * 1024;

    private static final long HEAP_GROWTH_OCTETS = 4L * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void clientsThatComeAndGoLeaveNothingBehind() throws Exception {
        Peers.require("mosquitto", "mosquitto");
        EventLoopGroup loops = Transport.best().newLoops(1, "soak");
        try (Broker broker = new Broker(folder, 0)) {
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port());
            EventLoop loop = loops.next();
            GatewayConfig config = GatewayConfig.builder().maxSessions(CLIENTS).build();
            GatewayLoop gateway = new GatewayLoop(loop, Transport.best(), loopback, config, 1);
            InetSocketAddress at = gateway.listenUdp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            GatewayCore core = gateway.core();
            try (Soak soak = new Soak(at, loopback, CLIENTS, ACTIONS_PER_S, 1)) {
                soak.run(HALF_MS);
                long pool = loop.submit(core::usedOctets).get();
                long heap = heapOctets();
                Soak.Counts counts = soak.run(HALF_MS);
                assertThat(counts.missing()).isZero();
                assertThat(counts.failures()).isZero();
                assertThat(counts.published()).isGreaterThan(CLIENTS);
                assertThat(counts.moved()).isPositive();
                assertThat(loop.submit(() -> core.sessions().count()).get()).isLessThanOrEqualTo(CLIENTS);
                assertThat(loop.submit(core::usedOctets).get()).isLessThan(pool + POOL_GROWTH_OCTETS);
                assertThat(heapOctets()).isLessThan(heap + HEAP_GROWTH_OCTETS);
            }
        } finally {
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static long heapOctets() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

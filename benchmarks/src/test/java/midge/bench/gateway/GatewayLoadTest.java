package midge.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import midge.bench.throughput.Broker;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Transport;
import midge.sim.peer.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load of {@code gateway-load.sh} for a moment: nothing may get lost, however slow the machine is. */
class GatewayLoadTest {
    private static final int CLIENTS = 100;
    private static final long PATIENCE_MS = 10_000;

    @TempDir
    Path folder;

    private Broker broker;
    private EventLoopGroup loops;

    @BeforeEach
    void startBroker() throws Exception {
        Peers.require("mosquitto", "mosquitto");
        broker = new Broker(folder, 0);
        loops = Transport.best().newLoops(1, "gateway");
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
            broker.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true,0,false", "true,1,false", "true,2,false", "false,0,false", "false,1,false", "false,2,false",
        "true,0,true", "true,1,true", "true,2,true", "false,0,true", "false,1,true", "false,2,true"
    })
    void whatIsAcknowledgedArrives(boolean up, int qos, boolean aggregate) throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port());
        GatewayConfigBuilder config = GatewayConfig.builder().maxSessions(CLIENTS);
        if (aggregate) {
            config.mqttVersion(5).aggregating(true);
        }
        GatewayLoop gateway = new GatewayLoop(loops.next(), Transport.best(), loopback, config.build(), 1);
        InetSocketAddress at = gateway.listenUdp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        LoadCase load = new LoadCase(up, qos, CLIENTS, 200, 300, true);
        LoadResult result;
        try (LoadRun run = new LoadRun(
                load, at, loopback, new ProcessMeter(ProcessHandle.current().pid()))) {
            result = run.run();
        }
        assertThat(gateway.shutdown(PATIENCE_MS)).isTrue();
        assertThat(result.messages()).isGreaterThan(CLIENTS);
        assertThat(result.lost()).isLessThanOrEqualTo(qos == 0 ? CLIENTS : 0);
        if (qos == 2) {
            assertThat(result.repeated()).isZero();
        }
    }

    @Test
    void percentilesAreRightWithinASixteenth() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 1_000; i++) {
            latencies.add(i * 1_000);
        }
        assertThat(latencies.percentile(0.5)).isBetween(500_000L, 535_000L);
        assertThat(latencies.percentile(0.99)).isBetween(990_000L, 1_055_000L);
        assertThat(latencies.percentile(1)).isBetween(1_000_000L, 1_065_000L);
        assertThat(new Latencies().percentile(0.5)).isZero();
    }
}

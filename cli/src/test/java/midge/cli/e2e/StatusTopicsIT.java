package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.mqttsn.client.SnClientConfig;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway tells at the broker of itself. */
class StatusTopicsIT {
    private static final int PATIENCE_MS = 30_000;
    private static final String TOPIC = "midge/gateway/attic";

    @TempDir
    private Path folder;

    private Program gateway(Mosquitto broker, int port) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.toml"), """
                [gateway]
                listen = ["udp://127.0.0.1:%d"]
                [broker]
                uri = "%s"
                [status]
                topic = "%s"
                every_s = 1
                """.formatted(port, broker.uri(), TOPIC));
        Program gateway = MidgeProgram.start("gateway", "--config", file.toString());
        gateway.await("MQTT-SN on", PATIENCE_MS);
        return gateway;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "KILL"})
    void figuresComeWhileItLivesAndOfflineWhenItEnds(String end) throws IOException {
        int port = Mosquitto.freePort();
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program sub = broker.sub("-v", "-q", "1", "-t", TOPIC + "/#")) {
            broker.awaitSubscription(TOPIC + "/#", 1);
            try (Program gateway = gateway(broker, port);
                    SnDevice device = new SnDevice(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            SnClientConfig.builder("watched").build())) {
                sub.await(1, (TOPIC + " online")::equals, PATIENCE_MS);
                sub.await(1, (TOPIC + "/clients/active 0")::equals, PATIENCE_MS);
                device.connect();
                device.publish("a/b", 1, "x");
                sub.await(1, (TOPIC + "/clients/active 1")::equals, PATIENCE_MS);
                sub.await(1, (TOPIC + "/counters/published_up 1")::equals, PATIENCE_MS);
                sub.await(2, line -> line.startsWith(TOPIC + "/uptime_s "), PATIENCE_MS);
                gateway.signal(end);
                sub.await(1, (TOPIC + " offline")::equals, PATIENCE_MS);
            }
            assertThat(sub.out())
                    .as("told when it has changed, and not before")
                    .filteredOn(line -> line.startsWith(TOPIC + "/clients/lost "))
                    .containsExactly(TOPIC + "/clients/lost 0");
        }
    }

    @Test
    void whoComesLaterIsToldToo() throws IOException {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program gateway = gateway(broker, Mosquitto.freePort());
                Program early = broker.sub("-v", "-q", "1", "-t", TOPIC + "/#")) {
            early.await(1, line -> line.startsWith(TOPIC + "/clients/active "), PATIENCE_MS);
            try (Program late = broker.sub("-v", "-q", "1", "-t", TOPIC + "/#")) {
                late.await(1, (TOPIC + " online")::equals, PATIENCE_MS);
                late.await(1, (TOPIC + "/clients/active 0")::equals, PATIENCE_MS);
            }
            assertThat(gateway.err()).isEmpty();
        }
    }
}

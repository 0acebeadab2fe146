package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./midge device} with a real broker, over MQTT and through our gateway. */
class DeviceIT {
    private static final int PATIENCE_MS = 30_000;

    private static final String DEVICE = """
            [device]
            name = "shed"
            board = "sim"
            [[sensor]]
            name = "air"
            kind = "bme280"
            every_s = 0.5
            [[sensor]]
            name = "loose"
            kind = "sht31"
            fault = "absent"
            every_s = 0.5
            [[actuator]]
            name = "pump"
            kind = "relay"
            pin = 17
            """;

    @TempDir
    private Path folder;

    private Path file(String toml) throws IOException {
        return Files.writeString(folder.resolve("device.toml"), toml);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "udp"})
    void measuresObeysAndSaysGoodbye(String scheme) throws IOException {
        String port = "" + Mosquitto.freePort();
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program gateway =
                        MidgeProgram.start("gateway", "--broker", broker.uri(), "--listen", "udp://127.0.0.1:" + port);
                Program sub = broker.sub("-v", "-q", "1", "-t", "midge/#")) {
            broker.awaitSubscription("midge/#", 1);
            gateway.await("MQTT-SN on", PATIENCE_MS);
            String over = scheme.equals("mqtt") ? broker.uri() : "udp://127.0.0.1:" + port;
            try (Program device =
                    MidgeProgram.start("device", "--config", file(DEVICE).toString(), "--over", over)) {
                sub.await(3, line -> line.matches("midge/shed/air/temperature \\d+\\.\\d\\d"), PATIENCE_MS);
                sub.await("midge/shed/air/pressure 10", PATIENCE_MS);
                sub.await("midge/shed/air/humidity ", PATIENCE_MS);
                sub.await("midge/shed/status online", PATIENCE_MS);
                sub.await("midge/shed/pump 0", PATIENCE_MS);
                broker.awaitSubscription("midge/shed/pump/set", 1);
                broker.pub("-q", "1", "-t", "midge/shed/pump/set", "-m", "on");
                sub.await("midge/shed/pump 1", PATIENCE_MS);
                broker.pub("-q", "1", "-t", "midge/shed/pump/set", "-m", "maybe");
                device.await("actuator pump does not understand \"maybe\"", PATIENCE_MS);
                assertThat(device.lines())
                        .contains("connected to " + over)
                        .filteredOn(line -> line.startsWith("sensor loose"))
                        .hasSize(1);
                device.signal("INT");
                assertThat(device.exitCode(PATIENCE_MS)).isEqualTo(130);
                assertThat(device.lines()).last().asString().contains("delivered");
                assertThat(device.err()).isEmpty();
            }
            sub.await("midge/shed/status offline", PATIENCE_MS);
        }
    }

    @Test
    void measuresOnceForCronAndTellsASensorThatFailed() throws IOException {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program good = MidgeProgram.start(
                        "device",
                        "--config",
                        file(DEVICE.replace("fault = \"absent\"", "")).toString(),
                        "--over",
                        broker.uri(),
                        "--once",
                        "--verbose")) {
            assertThat(good.exitCode(PATIENCE_MS)).as(good.lines()::toString).isZero();
            assertThat(good.out())
                    .filteredOn(line -> line.contains("/air/temperature"))
                    .hasSize(1);
            try (Program bad = MidgeProgram.start(
                    "device", "--config", file(DEVICE).toString(), "--over", broker.uri(), "--once")) {
                assertThat(bad.exitCode(PATIENCE_MS)).isEqualTo(1);
            }
        }
    }

    @Test
    void aBrokerThatIsAwayIsToldOnceWhileReadingsAreKept() throws IOException {
        int nowhere = Mosquitto.freePort();
        try (Program device = MidgeProgram.start(
                "device", "--config", file(DEVICE).toString(), "--over", "mqtt://127.0.0.1:" + nowhere, "--verbose")) {
            device.await(8, line -> line.startsWith("stored midge/shed/air/temperature"), PATIENCE_MS);
            assertThat(device.lines())
                    .filteredOn(line -> line.startsWith("no connection to mqtt://127.0.0.1:" + nowhere + ": "))
                    .hasSize(1);
        }
    }

    /** Through the gateway there is one message for each value; directly, one for all. */
    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "udp"})
    void homeAssistantIsToldRetainedAndAgainWhenItIsBorn(String scheme) throws IOException {
        String port = "" + Mosquitto.freePort();
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program gateway = MidgeProgram.start(
                        "gateway", "--broker", broker.uri(), "--listen", "udp://127.0.0.1:" + port)) {
            gateway.await("MQTT-SN on", PATIENCE_MS);
            String over = scheme.equals("mqtt") ? broker.uri() : "udp://127.0.0.1:" + port;
            String toml = DEVICE + "[homeassistant]\nenabled = true\n";
            String topic = scheme.equals("mqtt")
                    ? "homeassistant/device/shed/config"
                    : "homeassistant/sensor/shed_air_humidity/config";
            try (Program device =
                    MidgeProgram.start("device", "--config", file(toml).toString(), "--over", over)) {
                broker.awaitSubscription("homeassistant/status", 1);
                device.await("connected to", PATIENCE_MS);
                try (Program late = broker.sub("-v", "-q", "1", "-t", "homeassistant/+/+/config")) {
                    String config = late.await(topic, PATIENCE_MS);
                    assertThat(config).contains("shed_air_humidity", "\"humidity\"", "midge/shed/status");
                    assertThat(config).contains(scheme.equals("mqtt") ? "\"expire_after\":2" : "\"exp_aft\":2");
                    broker.pub("-q", "1", "-t", "homeassistant/status", "-m", "online");
                    late.await(2, line -> line.startsWith(topic), PATIENCE_MS);
                }
            }
        }
    }

    @Test
    void homieIsReadyAfterItsDescriptionAndLostWhenItIsKilled() throws IOException {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program sub = broker.sub("-v", "-q", "1", "-t", "homie/5/#")) {
            broker.awaitSubscription("homie/5/#", 1);
            String toml = DEVICE + "[homie]\nenabled = true\n";
            try (Program device =
                    MidgeProgram.start("device", "--config", file(toml).toString(), "--over", broker.uri())) {
                sub.await("homie/5/shed/$state ready", PATIENCE_MS);
                sub.await("homie/5/shed/air/temperature ", PATIENCE_MS);
                broker.pub("-q", "1", "-t", "homie/5/shed/pump/switch/set", "-m", "1");
                sub.await("homie/5/shed/pump/switch 1", PATIENCE_MS);
                device.signal("KILL");
                sub.await("homie/5/shed/$state lost", PATIENCE_MS);
            }
            assertThat(sub.out())
                    .filteredOn(line -> line.contains("/shed/$"))
                    .satisfiesExactly(
                            line -> assertThat(line).endsWith("$state init"),
                            line -> assertThat(line).contains("$description {\"homie\":\"5.0\""),
                            line -> assertThat(line).endsWith("$state ready"),
                            line -> assertThat(line).endsWith("$state lost"));
        }
    }

    @Test
    void readingsThatWaitOnStorageKeepTheirTopicWhenTheDeviceChanges() throws IOException {
        String outbox = "[outbox]\nfolder = \"kept\"\n";
        String first = "[device]\nname = \"shed\"\nboard = \"sim\"\n" + outbox
                + "[[sensor]]\nname = \"old\"\nkind = \"counter\"\nfirst = 100\nevery_s = 0.1\nqos = 2\n";
        String second = first.replace("\"old\"", "\"new\"").replace("100", "200");
        try (Program device = MidgeProgram.start(
                "device", "--config", file(first).toString(), "--over", "mqtt://127.0.0.1:1", "--verbose")) {
            device.await(3, line -> line.startsWith("stored midge/shed/old/count"), PATIENCE_MS);
        }
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program sub = broker.sub("-v", "-q", "2", "-t", "midge/shed/+/count")) {
            broker.awaitSubscription("midge/shed/+/count", 2);
            try (Program device = MidgeProgram.start(
                    "device", "--config", file(second).toString(), "--over", broker.uri(), "--once")) {
                assertThat(device.exitCode(PATIENCE_MS))
                        .as(device.lines()::toString)
                        .isZero();
            }
            sub.await("midge/shed/new/count 200", PATIENCE_MS);
            assertThat(sub.out())
                    .startsWith("midge/shed/old/count 100", "midge/shed/old/count 101", "midge/shed/old/count 102")
                    .endsWith("midge/shed/new/count 200");
        }
    }
}

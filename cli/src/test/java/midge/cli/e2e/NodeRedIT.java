package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.sim.peer.NodePackages;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow that the example of the relay offers, imported into a real Node-RED, whose buttons switch a sleeping device. */
class NodeRedIT {
    private static final int PATIENCE_MS = 60_000;
    private static final Path EXAMPLE = Path.of("..", "examples", "relay-from-a-shell");

    @TempDir
    private Path folder;

    @Test
    void aButtonInNodeRedSwitchesTheSleepingRelay() throws Exception {
        Path packages = NodePackages.install(Path.of("src/test/node-red"), Path.of("target/node-red"));
        int port = Mosquitto.freePort();
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program gateway = MidgeProgram.start(
                        "gateway", "--broker", broker.uri(), "--listen", "udp://127.0.0.1:" + port)) {
            gateway.await("MQTT-SN on", PATIENCE_MS);
            int page = Mosquitto.freePort();
            try (Program nodeRed = nodeRed(packages, broker.port(), page);
                    Program device = MidgeProgram.start(
                            "device",
                            "--config",
                            EXAMPLE.resolve("device.toml").toString(),
                            "--board",
                            "sim",
                            "--over",
                            "udp://127.0.0.1:" + port)) {
                nodeRed.await(1, line -> line.endsWith("[debug:pump] 0"), PATIENCE_MS);
                broker.awaitSubscription("midge/pump-house/pump/set", 1);
                press(page, "pump-on");
                nodeRed.await(1, line -> line.endsWith("[debug:pump] 1"), PATIENCE_MS);
                press(page, "pump-off");
                nodeRed.await(2, line -> line.endsWith("[debug:pump] 0"), PATIENCE_MS);
                assertThat(device.err()).isEmpty();
            }
        }
    }

    private Program nodeRed(Path packages, int brokerPort, int page) throws IOException {
        String flow = Files.readString(EXAMPLE.resolve("node-red.json"));
        assertThat(flow).contains("\"192.168.1.5\"", "\"1883\"");
        Path file = Files.writeString(
                folder.resolve("flow.json"),
                flow.replace("192.168.1.5", "127.0.0.1").replace("\"1883\"", "\"" + brokerPort + "\""));
        Program nodeRed = Program.start(
                Peers.require("node", "nodejs"),
                packages.resolve("node_modules/node-red/red.js").toString(),
                "--userDir",
                folder.resolve("node-red").toString(),
                "--port",
                "" + page,
                "-D",
                "uiHost=127.0.0.1",
                "-D",
                "telemetry.enabled=false",
                file.toString());
        nodeRed.await(1, line -> line.contains("Connected to broker"), PATIENCE_MS);
        return nodeRed;
    }

    /** Presses the button of an inject node, as its editor does. */
    private static void press(int page, String node) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/inject/" + node))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
}

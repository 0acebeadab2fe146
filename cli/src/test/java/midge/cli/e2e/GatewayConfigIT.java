package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings from a file, as a user meets them. */
class GatewayConfigIT {
    private static final Path SAMPLE = Path.of("..", "docs", "gateway.toml").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void theSampleIsUsableAndShown() {
        try (Program midge = MidgeProgram.start("config", "check", SAMPLE.toString())) {
            assertThat(midge.exitCode(30_000)).isZero();
            assertThat(midge.err()).isEmpty();
            assertThat(midge.out()).first().isEqualTo("[gateway]");
            assertThat(midge.out()).anyMatch(line -> line.matches("retry_ms = 10000 +# line \\d+"));
        }
    }

    @Test
    void everyMistakeIsToldWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("g.toml"), "[gateway]\nid = 300\n[timing]\nretry = 5\n");
        try (Program midge = MidgeProgram.start("config", "check", file.toString())) {
            assertThat(midge.exitCode(30_000)).isEqualTo(2);
            assertThat(midge.out()).isEmpty();
            assertThat(midge.err())
                    .containsExactly(
                            "midge: " + file + ":2: gateway.id is 300, must be 0..255",
                            "midge: " + file + ":4: unknown key timing.retry, did you mean timing.retry_ms?");
        }
        try (Program midge = MidgeProgram.start("gateway", "--config", file.toString())) {
            assertThat(midge.exitCode(30_000)).isEqualTo(2);
            assertThat(midge.err()).singleElement().asString().endsWith("must be 0..255 (and 1 more)");
        }
    }

    @Test
    void theGatewayRunsFromAFileAndServesItsMetrics() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("g.toml"), "[gateway]\nlisten = [\"udp://127.0.0.1:0\"]\n");
        int port = freePort();
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program midge = MidgeProgram.start(
                        "gateway",
                        "--config",
                        file.toString(),
                        "--broker",
                        "mqtt://127.0.0.1:" + broker.getLocalPort(),
                        "--http",
                        "127.0.0.1:" + port)) {
            midge.await("/metrics", 30_000);
            assertThat(midge.out()).anyMatch(line -> line.startsWith("limits: 10000 clients"));
            URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
            String body = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            assertThat(body).contains("midge_gateway_datagrams_in_total 0\n");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

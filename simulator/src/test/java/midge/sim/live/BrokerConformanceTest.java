package midge.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import midge.gateway.net.Transport;
import midge.sim.broker.BrokerConfig;
import midge.sim.peer.NodePackages;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our broker and Mosquitto do the same for MQTT.js, by TCP and by WebSocket ({@code src/test/browser/broker.mjs}). {@code
 * -Dmidge.fresh=100} opens fewer fresh connections to ours.
 */
class BrokerConformanceTest {
    private static final int SCRIPT_MS = 120_000;
    private static final int START_MS = 20_000;
    private static final int FRESH = Integer.getInteger("midge.fresh", 1_200);
    private static final int PACKET_MAX = 4 << 20;

    @TempDir
    private Path folder;

    @Test
    void mqttJsFindsNoDifferenceToMosquitto() throws IOException {
        String mosquitto = Peers.require("mosquitto", "mosquitto");
        Path scripts = NodePackages.install(Path.of("src/test/browser"), Path.of("target/browser"));
        List<String> theirs = askMosquitto(mosquitto, scripts);
        List<String> ours = askOurs(scripts);
        assertThat(ours).hasSizeGreaterThan(25).isEqualTo(theirs);
        assertThat(ours).contains("5,000 in order true", "faults of fresh connections 0", "1 MiB 1048576");
    }

    private List<String> askMosquitto(String mosquitto, Path scripts) throws IOException {
        int tcp = freePort();
        int ws = freePort();
        Path file = folder.resolve("mosquitto.conf");
        Files.writeString(
                file,
                "allow_anonymous true\nsys_interval 1\nmax_queued_messages 20000\nlistener " + tcp
                        + " 127.0.0.1\nlistener " + ws + " 127.0.0.1\nprotocol websockets\n");
        try (Program broker = Program.start(mosquitto, "-c", file.toString(), "-v")) {
            broker.await("running", START_MS);
            return ask(scripts, tcp, ws, 80, "tcp"); // by WebSocket Mosquitto 2.0.11 does not deliver 1 MiB
        }
    }

    private static List<String> askOurs(Path scripts) throws IOException {
        EventLoopGroup loops = Transport.NIO.newLoops(1, "conformance");
        try {
            BrokerConfig config = BrokerConfig.builder()
                    .packetOctetsMax(PACKET_MAX)
                    .queueMessagesMax(20_000)
                    .build();
            BrokerShell shell = BrokerShell.serve(loops.next(), config, 1);
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            int tcp = shell.listen(any, false);
            int ws = shell.listen(any, true);
            List<String> answers = ask(scripts, tcp, ws, FRESH, "ws");
            shell.close();
            return answers;
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }

    private static List<String> ask(Path scripts, int tcp, int ws, int fresh, String large) {
        String node = Peers.require("node", "nodejs");
        String script = scripts.resolve("broker.mjs").toString();
        try (Program client = Program.start(node, script, tcp + "", ws + "", fresh + "", large)) {
            assertThat(client.exitCode(SCRIPT_MS))
                    .as(String.join("\n", client.lines()))
                    .isZero();
            return client.out();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

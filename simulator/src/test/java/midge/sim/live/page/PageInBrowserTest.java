package midge.sim.live.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import midge.gateway.net.Transport;
import midge.sim.device.Ledger;
import midge.sim.live.LiveRun;
import midge.sim.peer.NodePackages;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import midge.sim.scenario.ScenarioReader;
import org.junit.jupiter.api.Test;

/**
 * The page in a real browser, {@code src/test/browser/page.mjs}. Its pictures stay in {@code target/browser/pictures}; {@code
 * src/test/browser/picture.sh} makes one of them the picture of the README.
 */
class PageInBrowserTest {
    /** Or the next free one: it is seen in the pictures. */
    private static final int BROKER_PORT = 1883;

    private static final int BROWSER_MS = 420_000;

    @Test
    void aPersonSeesAndChangesTheWorld() throws IOException {
        String chromium = Peers.require("chromium", "chromium");
        String node = Peers.require("node", "nodejs");
        Path scripts = NodePackages.install(Path.of("src/test/browser"), Path.of("target/browser"));
        Path pictures = Files.createDirectories(scripts.resolve("pictures"));
        EventLoopGroup loops = Transport.NIO.newLoops(1, "page-test");
        try {
            use(loops, node, scripts, pictures, chromium);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
        assertThat(pictures.resolve("laptop-light.png")).isNotEmptyFile();
        Path kept = pictures.resolve("midge.toml");
        assertThatCode(() -> new ScenarioReader(pictures).read("midge.toml", Files.readString(kept)))
                .doesNotThrowAnyException();
        String tshark = Peers.require("tshark", "tshark");
        try (Program reader = Program.start(
                tshark,
                "-r",
                pictures.resolve("midge.pcap").toString(),
                "-d",
                "udp.port==1884,mqttsn",
                "-Y",
                "_ws.malformed || mqttsn.msg.type == 0x0c")) {
            assertThat(reader.exitCode(60_000)).isZero();
            assertThat(reader.out()).isNotEmpty().noneMatch(line -> line.contains("Malformed"));
        }
    }

    private static void use(EventLoopGroup loops, String node, Path scripts, Path pictures, String chromium)
            throws IOException {
        LiveRun demo = LiveRun.demo(loops.next(), BROKER_PORT, 0.1, 7, new Ledger(false));
        try (LivePage page = LivePage.serve(demo, InetAddress.getLoopbackAddress(), 0)) {
            demo.call(() -> {
                demo.broker().broker().observe((clientId, topic, payload, qos, retain, nowMs) -> {
                    String name = new String(topic, StandardCharsets.UTF_8);
                    String text = new String(payload, StandardCharsets.UTF_8);
                    demo.ledger().arrived(name, text);
                    page.onMessage(name, text);
                });
                return null;
            });
            demo.start();
            try (Program browser = Program.start(
                    node, scripts.resolve("page.mjs").toString(), page.url(), pictures.toString(), chromium)) {
                assertThat(browser.exitCode(BROWSER_MS))
                        .as(String.join("\n", browser.lines()))
                        .isZero();
            }
        } finally {
            demo.close();
        }
    }
}

package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import midge.gateway.app.GatewaySettings;
import midge.gateway.app.SettingsException;
import midge.gateway.app.SettingsReader;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Transport;
import midge.mqttsn.client.SnClientConfig;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/mosquitto.md} says works, block by block. */
class MosquittoPageIT {
    private static final int PATIENCE_MS = 30_000;

    @TempDir
    static Path folder;

    private static MosquittoPage page;
    private static String mosquitto;

    private final List<Program> brokers = new ArrayList<>();
    private GatewayLoop gateway;
    private final EventLoopGroup loops = Transport.best().newLoops(1, "page-test");

    @BeforeAll
    static void copyThePage() throws IOException {
        mosquitto = Peers.require("mosquitto", "mosquitto");
        Peers.require("mosquitto_passwd", "mosquitto");
        Peers.require("openssl", "openssl");
        page = new MosquittoPage(folder);
        page.copy();
        String commands = "cd " + folder + "\n" + String.join("\n", page.setup());
        try (Program shell = Program.start("sh", "-ec", commands)) {
            assertThat(shell.exitCode(PATIENCE_MS))
                    .as(() -> shell.lines().toString())
                    .isZero();
        }
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.shutdown(PATIENCE_MS); // the end of its loop alone may leave sockets open
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        brokers.forEach(Program::close);
    }

    private void startBrokers(int section) {
        for (Path configuration : page.run(section, "mosquitto -c")) {
            Program broker = Program.start(mosquitto, "-c", configuration.toString());
            brokers.add(broker);
            broker.await("running", PATIENCE_MS);
        }
        assertThat(brokers).isNotEmpty();
    }

    /** The gateway in this process, from the section's own file. */
    private InetSocketAddress startGateway(int section) throws SettingsException {
        Path file = page.run(section, "./midge gateway --config").get(0);
        GatewaySettings settings = new SettingsReader().file(file).settings();
        gateway = new GatewayLoop(loops.next(), Transport.best(), settings.targets(), settings.config(), 1);
        InetSocketAddress at = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), settings.listeners().get(0).port());
        return gateway.listenUdp(at);
    }

    private static SnDevice device(InetSocketAddress gateway, String id) throws IOException {
        return new SnDevice(gateway, SnClientConfig.builder(id).retryMs(3_000).build());
    }

    /** A message to the broker and back again, acknowledged both ways. */
    private static void exchange(SnDevice device, String id) {
        int before = device.messages().size();
        device.subscribe("devices/" + id + "/in", 1);
        device.publish("devices/" + id + "/in", 1, "hello");
        device.awaitMessages(before + 1);
        assertThat(device.messages().get(before)).isEqualTo("devices/" + id + "/in 1 hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 6})
    void aDeviceReachesTheBroker(int section) throws IOException, SettingsException {
        startBrokers(section);
        try (SnDevice device = device(startGateway(section), "device-1")) {
            device.connect();
            exchange(device, "device-1");
            device.disconnect();
        }
    }

    @Test
    void theProgramReachesABrokerThatWantsACertificate() throws IOException {
        startBrokers(4);
        String file = page.run(4, "./midge gateway --config").get(0).toString();
        try (Program gateway = MidgeProgram.start("gateway", "--config", file);
                SnDevice device = device(new InetSocketAddress("127.0.0.1", page.port("1884")), "device-1")) {
            gateway.await("MQTT-SN on", PATIENCE_MS);
            device.connect();
            exchange(device, "device-1");
            device.disconnect();
            gateway.signal("INT");
            assertThat(gateway.exitCode(PATIENCE_MS)).isEqualTo(130);
            assertThat(gateway.err()).isEmpty();
        }
    }

    @Test
    void devicesLogInByTheirPatterns() throws IOException, SettingsException {
        startBrokers(2);
        InetSocketAddress gateway = startGateway(2);
        try (SnDevice kitchen = device(gateway, "kitchen-1");
                SnDevice other = device(gateway, "other")) {
            kitchen.connect();
            other.connect();
            exchange(kitchen, "kitchen-1");
            exchange(other, "other");
        }
        brokers.get(0).await("as kitchen-1 (p2, c1, k60, u'kitchen')", PATIENCE_MS);
        brokers.get(0).await("as other (p2, c1, k60, u'gateway')", PATIENCE_MS);
    }

    @Test
    void aDeviceIsToldWhatItMayNotPublish() throws IOException, SettingsException {
        startBrokers(7);
        try (SnDevice device = device(startGateway(7), "device-1")) {
            device.connect();
            exchange(device, "device-1");
            assertThatThrownBy(() -> device.publish("devices/device-2/in", 1, "hello"))
                    .hasMessageContaining("refused with return code 3");
        }
    }

    @Test
    void theBridgeCarriesReadingsOutAndOrdersIn() throws IOException, SettingsException {
        startBrokers(8);
        String office = String.valueOf(page.port("18830"));
        String client = Peers.require("mosquitto_sub", "mosquitto-clients");
        try (Program watcher = Program.start("stdbuf", "-oL", client, "-v", "-p", office, "-t", "site/7/#", "-q", "1");
                SnDevice device = device(startGateway(8), "device-1")) {
            device.connect();
            device.subscribe("site/orders/#", 1);
            device.publish("site/7/t", 1, "21.5");
            String publisher = Peers.require("mosquitto_pub", "mosquitto-clients");
            Program order =
                    Program.start(publisher, "-p", office, "-t", "site/orders/1", "-m", "open", "-q", "1", "-r");
            assertThat(order.exitCode(PATIENCE_MS)).isZero();
            device.awaitMessages(1);
            assertThat(device.messages()).containsExactly("site/orders/1 1 open");
            while (watcher.out().isEmpty()) { // the watcher may have subscribed after the first
                device.publish("site/7/t", 1, "21.5");
            }
            assertThat(watcher.out()).startsWith("site/7/t 21.5");
        }
    }

    @Test
    void devicesGoOnAtTheSecondBroker() throws IOException, SettingsException {
        startBrokers(9);
        try (SnDevice device = device(startGateway(9), "device-1")) {
            device.connect();
            exchange(device, "device-1");
            brokers.get(0).signal("KILL");
            exchange(device, "device-1");
            brokers.get(1).await("as device-1", PATIENCE_MS);
        }
    }

    @Test
    void devicesShareAConnectionAndItsSubscriptions() throws IOException, SettingsException {
        startBrokers(10);
        String port = String.valueOf(page.port("1883"));
        String publisher = Peers.require("mosquitto_pub", "mosquitto-clients");
        try (Program kept = Program.start(publisher, "-p", port, "-t", "all/mode", "-m", "eco", "-q", "1", "-r")) {
            assertThat(kept.exitCode(PATIENCE_MS)).isZero();
        }
        InetSocketAddress gateway = startGateway(10);
        try (SnDevice first = device(gateway, "device-1");
                SnDevice second = device(gateway, "device-2")) {
            first.connect();
            first.subscribe("all/#", 2);
            first.awaitMessages(1);
            second.connect();
            second.subscribe("all/#", 1);
            second.awaitMessages(1);
            second.publish("all/news", 2, "hello");
            first.awaitMessages(2);
            second.awaitMessages(2);
            assertThat(first.messages()).containsExactly("all/mode 1 eco", "all/news 2 hello");
            assertThat(second.messages()).containsExactly("all/mode 1 eco", "all/news 1 hello");
        }
        brokers.get(0).await(1, line -> line.contains("as midge-gateway-1"), PATIENCE_MS);
        assertThat(brokers.get(0).lines()).noneMatch(line -> line.contains("as device-"));
    }

    @Test
    void everySectionIsTriedHere() {
        assertThat(page.sections()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }
}

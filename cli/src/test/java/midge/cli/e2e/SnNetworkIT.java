package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnType;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import midge.wire.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code midge pub --sn} and {@code midge sub --sn} when gateways are lost, searched for, and when the user ends them. */
class SnNetworkIT {
    private static final int PROGRAM_MS = 20_000;
    private static final String GROUP = "239.7.7.8";

    @TempDir
    private static Path folder;

    private static Mosquitto broker;
    private static Program gateway;
    private static Program watcher;
    private static int port;

    private final List<Integer> sent = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() {
        Peers.require("mosquitto_pub", "mosquitto-clients");
        broker = new Mosquitto(folder);
        port = Mosquitto.freePort();
        gateway = Program.start(
                "env",
                "MIDGE_GATEWAY_UNCONNECTED_NAMES=true",
                MidgeProgram.path(),
                "gateway",
                "--listen",
                uri(port),
                "--listen",
                "udp://[::1]:" + port,
                "--broker",
                broker.uri(),
                "--predefined",
                "7=net/predefined");
        watcher = broker.sub("-t", "#", "-q", "1", "-F", "%t %p");
        gateway.await("MQTT-SN on", 60_000);
        broker.awaitSubscription("#", 1);
    }

    @AfterAll
    static void stop() {
        watcher.close();
        gateway.close();
        broker.close();
    }

    private static String uri(int port) {
        return "udp://127.0.0.1:" + port;
    }

    /** A gateway that can be cut off, and tells what it was sent. */
    private UdpProxy proxy() throws IOException {
        return new UdpProxy(port, this::record);
    }

    private void record(boolean up, byte[] octets, int length) {
        SnMessage message = new SnMessage();
        if (up && message.wrap(octets, 0, length) == Status.OK) {
            sent.add(message.type());
        }
    }

    private static void publishes(String topic, String... options) {
        List<String> arguments = new ArrayList<>(List.of("pub", "-t", topic, "-m", "found"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("-q")) {
            arguments.addAll(List.of("-q", "1"));
        }
        try (Program pub = MidgeProgram.start(arguments.toArray(String[]::new))) {
            assertThat(pub.exitCode(PROGRAM_MS)).as(pub.lines().toString()).isZero();
        }
        watcher.await(topic + " found", 5_000);
    }

    @Test
    void pubReachesAGatewayByIpV6() {
        publishes("net/v6", "--sn", "udp://[::1]:" + port);
    }

    @Test
    void pubSendsAFullNameWithoutAConnectionWhenAskedTo() throws IOException {
        try (UdpProxy proxy = proxy()) {
            publishes("net/full", "--sn", uri(proxy.address().getPort()), "-q", "-1", "--full-names");
            assertThat(sent).containsExactly(SnType.PUBLISH);
        }
    }

    @Test
    void pubSendsAPredefinedTopicsNameWithoutAConnection() {
        publishes("net/predefined", "--sn", uri(port), "-q", "-1", "--predefined", "7=net/predefined");
    }

    @Test
    void subClearsRetainedMessagesAndLeavesFiltersOfAKeptSession() {
        broker.pub("-t", "net/kept", "-r", "-m", "old");
        String[] options = {"sub", "--sn", uri(port), "-i", "net-kept", "-c", "-q", "1", "-t", "net/kept"};
        assertThat(out(options, "--remove-retained", "--retained-only", "-C", "1"))
                .containsExactly("old");
        watcher.await(1, line -> line.strip().equals("net/kept"), 5_000);
        assertThat(out(options, "-W", "1")).isEmpty();
        assertThat(out(options, "-U", "net/kept", "-E")).isEmpty();
    }

    private static List<String> out(String[] options, String... more) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(more));
        try (Program sub = MidgeProgram.start(arguments.toArray(String[]::new))) {
            assertThat(sub.exitCode(PROGRAM_MS)).as(sub.lines().toString()).isIn(0, 27);
            assertThat(sub.err()).isEmpty();
            return sub.out();
        }
    }

    @Test
    void pubGoesOnToTheNextGatewayWhenTheFirstDoesNotAnswer() {
        publishes("net/second", "--sn", "udp://127.0.0.1:9", "--sn", uri(port), "--retry", "0.1");
    }

    @Test
    void subMovesToAnotherGatewayWhenItsOwnIsLost() throws IOException {
        try (UdpProxy first = proxy();
                Program sub = MidgeProgram.start(
                        "sub",
                        "--sn",
                        uri(first.address().getPort()),
                        "--sn",
                        uri(port),
                        "--retry",
                        "0.2",
                        "-k",
                        "5",
                        "-t",
                        "net/moved",
                        "-q",
                        "1",
                        "-C",
                        "2")) {
            broker.awaitSubscription("net/moved", 1);
            broker.pub("-t", "net/moved", "-q", "1", "-m", "by the first");
            sub.await("by the first", PROGRAM_MS);
            first.cut();
            sub.await("connection lost (no answer from the gateway", PROGRAM_MS);
            broker.pub("-t", "net/moved", "-r", "-q", "1", "-m", "by the second");
            assertThat(sub.exitCode(PROGRAM_MS)).as(sub.lines().toString()).isZero();
            assertThat(sub.out()).containsExactly("by the first", "by the second");
        }
    }

    @Test
    void pubFindsAGatewayThatAnswersItsSearch() throws IOException {
        MulticastSocket inGroup = inGroup();
        try (UdpProxy found = new UdpProxy(inGroup, port, this::record)) {
            publishes("net/found", "--sn", group(inGroup, found.address().getPort()));
            assertThat(sent).startsWith(SnType.SEARCHGW, SnType.CONNECT);
        }
    }

    @Test
    void pubFindsAGatewayThatAnotherClientTells() throws IOException {
        try (MulticastSocket other = inGroup()) {
            Thread teller = new Thread(() -> tell(other), "another client");
            teller.setDaemon(true);
            teller.start();
            publishes("net/told", "--sn", group(other, other.getLocalPort()));
        }
    }

    private static MulticastSocket inGroup() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        NetworkInterface only = Objects.requireNonNull(NetworkInterface.getByInetAddress(loopback));
        MulticastSocket socket = new MulticastSocket(0);
        socket.setNetworkInterface(only);
        socket.joinGroup(new InetSocketAddress(GROUP, 0), only);
        return socket;
    }

    private static String group(MulticastSocket socket, int port) throws IOException {
        String loopback = socket.getNetworkInterface().getName();
        return "udp+multicast://" + GROUP + ":" + port + "?interface=" + loopback;
    }

    /** GWINFO with the address of the gateway, to everyone, as §6.1 has it. */
    private static void tell(MulticastSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        byte[] gwInfo = {9, SnType.GWINFO, 1, 127, 0, 0, 1, (byte) (port >> 8), (byte) port};
        try {
            socket.receive(packet);
            assertThat(packet.getData()).startsWith(3, SnType.SEARCHGW);
            socket.send(new DatagramPacket(gwInfo, gwInfo.length, InetAddress.getByName(GROUP), socket.getLocalPort()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void subSaysDisconnectOnCtrlC() throws IOException {
        try (UdpProxy proxy = proxy();
                Program sub =
                        MidgeProgram.start("sub", "--sn", uri(proxy.address().getPort()), "-t", "net/end", "-q", "2")) {
            broker.awaitSubscription("net/end", 2);
            sub.signal("INT");
            assertThat(sub.exitCode(10_000)).isEqualTo(130);
            assertThat(sub.lines()).isEmpty();
            assertThat(sent).containsExactly(SnType.CONNECT, SnType.SUBSCRIBE, SnType.DISCONNECT);
        }
    }

    @Test
    void aSleepingSubCollectsOnceMoreOnCtrlC() throws IOException {
        try (UdpProxy proxy = proxy();
                Program sub = MidgeProgram.start(
                        "sub", "--sn", uri(proxy.address().getPort()), "-t", "net/nap", "-q", "1", "--sleep", "600")) {
            broker.awaitSubscription("net/nap", 1);
            awaitSent(SnType.DISCONNECT);
            broker.pub("-t", "net/nap", "-q", "1", "-m", "kept");
            for (int i = 0; i < 20; i++) {
                pause(); // the broker answers its publisher before it has written to the gateway
            }
            sub.signal("INT");
            assertThat(sub.exitCode(10_000)).isEqualTo(130);
            assertThat(sub.lines()).containsExactly("kept");
            assertThat(sent)
                    .containsExactly(
                            SnType.CONNECT,
                            SnType.SUBSCRIBE,
                            SnType.DISCONNECT,
                            SnType.PINGREQ,
                            SnType.PUBACK,
                            SnType.DISCONNECT);
        }
    }

    private void awaitSent(int type) {
        long endNs = System.nanoTime() + PROGRAM_MS * 1_000_000L;
        while (!sent.contains(type)) {
            assertThat(System.nanoTime()).as("nothing more is sent: %s", sent).isLessThan(endNs);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package midge.board.posix;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import midge.gateway.config.GatewayConfig;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.LinkOpener;
import midge.gateway.net.Transport;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** Mosquitto on a free loopback port, and our gateway before it. */
public final class House implements AutoCloseable {
    private static final int START_MS = 20_000;

    private final EventLoopGroup loops;
    private final GatewayLoop gateway;
    private final InetSocketAddress gatewayAddress;
    private final Program broker;
    private final int brokerPort;

    public House(Path folder) throws IOException {
        String mosquitto = Peers.require("mosquitto", "mosquitto");
        Peers.require("mosquitto_sub", "mosquitto-clients");
        brokerPort = freePort();
        Path configuration = folder.resolve("mosquitto.conf");
        String text = "listener %d 127.0.0.1\nallow_anonymous true\nlog_type subscribe\nlog_type error\nuser %s\n";
        Files.writeString(configuration, text.formatted(brokerPort, System.getProperty("user.name")));
        broker = Program.start(mosquitto, "-c", configuration.toString());
        awaitBroker();
        Transport transport = Transport.best();
        loops = transport.newLoops(1, "gateway");
        InetSocketAddress upstream = new InetSocketAddress("127.0.0.1", brokerPort);
        GatewayConfig config = GatewayConfig.builder().build();
        gateway = new GatewayLoop(loops.next(), transport, upstream, config, 1);
        gatewayAddress = gateway.listenUdp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitBroker() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", brokerPort), 100);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !broker.isRunning()) {
                    throw new AssertionError("mosquitto does not start: " + broker.lines(), e);
                }
            }
        }
    }

    /** Where the gateway listens, by UDP. */
    public InetSocketAddress gateway() {
        return gatewayAddress;
    }

    /** Has the gateway listen on a link too. */
    public void listen(String name, LinkOpener opener) throws IOException {
        gateway.listenLink(name, opener);
    }

    /** mosquitto_sub with each message as "topic payload", once the broker has its subscription. */
    public Program subscribe(String filter) {
        Program program = Program.start("mosquitto_sub", "-p", "" + brokerPort, "-q", "1", "-t", filter, "-F", "%t %p");
        broker.await(" 1 " + filter, START_MS);
        return program;
    }

    /** Publishes at QoS 1. */
    public void publish(String topic, String payload) {
        try (Program program =
                Program.start("mosquitto_pub", "-p", "" + brokerPort, "-q", "1", "-t", topic, "-m", payload)) {
            if (program.exitCode(START_MS) != 0) {
                throw new AssertionError("mosquitto_pub: " + program.lines());
            }
        }
    }

    /** Waits until a device has subscribed. */
    public void awaitSubscription(String filter) {
        broker.await(" 1 " + filter, START_MS);
    }

    @Override
    public void close() {
        gateway.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        broker.close();
    }
}

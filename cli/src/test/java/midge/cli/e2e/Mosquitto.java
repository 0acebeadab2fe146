package midge.cli.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;

/** Debian's Mosquitto on a free loopback port, keeping its sessions in {@code folder} over restarts. */
public final class Mosquitto implements AutoCloseable {
    private final Path configuration;
    private final int port;
    private final String executable = Peers.require("mosquitto", "mosquitto");
    private Program program;

    Mosquitto(Path folder) {
        this(folder, """
                persistence true
                persistence_location %s/
                autosave_on_changes true
                autosave_interval 1
                """.formatted(folder));
    }

    /** One that keeps its sessions while it runs, and takes any number of messages for a client that is away. */
    static Mosquitto inMemory(Path folder) {
        return inMemory(folder, "");
    }

    /** As the other, with more lines of configuration. */
    public static Mosquitto inMemory(Path folder, String more) {
        return new Mosquitto(folder, "persistence false\nset_tcp_nodelay true\n" + more);
    }

    /** One that saves its sessions when it ends and not before, and tells MQTT 5 clients that it takes no packet above 100,000 octets. */
    static Mosquitto savingAtTheEnd(Path folder) {
        return new Mosquitto(folder, """
                persistence true
                persistence_location %s/
                autosave_interval 0
                max_packet_size 100000
                """.formatted(folder));
    }

    private Mosquitto(Path folder, String persistence) {
        port = freePort();
        configuration = folder.resolve("mosquitto.conf");
        String user = System.getProperty("user.name");
        write(configuration, """
                listener %d 127.0.0.1
                allow_anonymous true
                %s
                max_queued_messages 0
                log_type error
                log_type warning
                log_type notice
                log_type information
                log_type subscribe
                user %s
                """.formatted(port, persistence.strip(), user));
        start();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a port that is free for streams and datagrams, below those that the kernel gives to whoever asks for any} */
    static int freePort() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket stream = new ServerSocket(port);
                    DatagramSocket datagrams = new DatagramSocket(port)) {
                if (stream.isBound() && datagrams.isBound()) {
                    return port;
                }
            } catch (BindException taken) {
                // another one, then
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no port is free for both TCP and UDP");
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "mqtt://127.0.0.1:" + port;
    }

    /** Starts it and returns when it accepts connections. */
    void start() {
        program = Program.start(executable, "-c", configuration.toString());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!accepts()) {
            if (System.nanoTime() > end || !program.isRunning()) {
                throw new AssertionError("mosquitto does not start:\n" + String.join("\n", program.lines()));
            }
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns when a client has subscribed to {@code filter} at {@code qos}, once more after a restart. */
    void awaitSubscription(String filter, int qos) {
        awaitSubscriptions(filter, qos, 1);
    }

    /** {@return a started mosquitto_sub that prints at once} */
    Program sub(String... arguments) {
        String program = Peers.require("mosquitto_sub", "mosquitto-clients");
        return Program.start(command(List.of("stdbuf", "-oL", program), arguments));
    }

    /** Publishes with mosquitto_pub. */
    void pub(String... arguments) {
        String program = Peers.require("mosquitto_pub", "mosquitto-clients");
        try (Program pub = Program.start(command(List.of(program), arguments))) {
            if (pub.exitCode(10_000) != 0) {
                throw new AssertionError("mosquitto_pub fails: " + pub.lines());
            }
        }
    }

    private List<String> command(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-h", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns when so many clients have subscribed to {@code filter} at {@code qos}, once more each after a restart. */
    void awaitSubscriptions(String filter, int qos, int count) {
        program.await(count, line -> line.endsWith(" " + qos + " " + filter), 20_000);
    }

    /** Ends it the way an administrator does: what it has acknowledged is saved. */
    void stop() {
        program.signal("TERM");
        program.exitCode(10_000);
    }

    /** Ends it as a power cut does. */
    void kill() {
        program.signal("KILL");
        program.exitCode(10_000);
    }

    @Override
    public void close() {
        program.close();
    }
}

package midge.bench.throughput;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Mosquitto on a free loopback port: no bound on queues, nothing on disk. */
public final class Broker implements AutoCloseable {
    private final int port;
    private final Process process;

    /** @param inFlight messages that it sends a client before the first is acknowledged; 0: any number */
    public Broker(Path folder, int inFlight) throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence false
                max_inflight_messages %d
                max_queued_messages 0
                set_tcp_nodelay true
                log_type error
                """.formatted(port, inFlight));
        String path = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/env", "mosquitto", "-c", configuration.toString());
        builder.environment().put("PATH", path);
        process = builder.inheritIO().start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!accepts()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("mosquitto does not start; on Debian: apt-get install mosquitto");
            }
            Thread.sleep(20);
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

    /** {@return where it listens on loopback} */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}

package midge.cli.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.mqtt.live.Witness;

/** Stands between a gateway and its broker, and has a {@link Witness} for each client of what the broker sends it (MQTT 3.1.1). */
final class WatchedLines implements AutoCloseable {
    /** What a witness takes at one time. */
    private static final int CHUNK = 1_024;

    private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int brokerPort;
    private final Map<String, Witness> witnesses = new HashMap<>();
    private final Map<String, Socket> current = new HashMap<>();

    WatchedLines(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "watched line");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "mqtt://127.0.0.1:" + listening.getLocalPort();
    }

    /** {@return the payloads at QoS 2 that the broker has sent a client, once for each exchange that it began} */
    synchronized List<String> due(String clientId) {
        Witness witness = witnesses.get(clientId);
        return witness == null ? List.of() : new ArrayList<>(witness.due);
    }

    private void accept() {
        try {
            while (true) {
                Socket gateway = listening.accept();
                start(() -> carry(gateway));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void carry(Socket gateway) {
        byte[] buffer = new byte[65_536];
        try (gateway;
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
            gateway.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            InputStream in = gateway.getInputStream();
            OutputStream out = broker.getOutputStream();
            int length = in.read(buffer); // the gateway writes its CONNECT at once
            if (length > 0) {
                String client = clientId(buffer);
                open(client, broker);
                start(() -> carryDown(client, broker, gateway));
            }
            for (; length > 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // either side has gone, and with it the connection
        }
    }

    private void carryDown(String client, Socket broker, Socket gateway) {
        byte[] buffer = new byte[CHUNK];
        try (broker;
                gateway) {
            InputStream in = broker.getInputStream();
            OutputStream out = gateway.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                note(client, broker, buffer, length);
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // either side has gone, and with it the connection
        }
    }

    private synchronized void open(String client, Socket broker) {
        current.put(client, broker);
        witnesses.computeIfAbsent(client, id -> new Witness(4)).opened();
    }

    private synchronized void note(String client, Socket broker, byte[] octets, int length) {
        if (current.get(client) == broker) {
            witnesses.get(client).received(octets, length);
        }
    }

    /** Type, remaining length, protocol name, level, flags, keep alive, client id (MQTT 3.1.1 §3.1). */
    static String clientId(byte[] connect) {
        int at = 1;
        while (connect[at] < 0) {
            at++;
        }
        at += 1 + 2 + connect[at + 2] + 4;
        int length = (connect[at] & 0xFF) << 8 | connect[at + 1] & 0xFF;
        return new String(connect, at + 2, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

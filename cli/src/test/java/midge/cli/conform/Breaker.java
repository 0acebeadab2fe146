package midge.cli.conform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Stands between a gateway and the broker, and breaks the connections of single clients, which it knows by their MQTT CONNECT. */
final class Breaker implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int brokerPort;
    private final Map<String, Line> lines = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    Breaker(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "breaker");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "mqtt://127.0.0.1:" + listening.getLocalPort();
    }

    /** Breaks the client's connection; the next one is carried again. */
    void cut(String clientId) {
        Line line;
        synchronized (this) {
            line = lines.remove(clientId);
        }
        if (line != null) {
            line.close();
        }
    }

    /** Ends every new connection of the client before the broker sees it; one that stands is left alone. */
    synchronized void refuse(String clientId) {
        refused.add(clientId);
    }

    /** Carries the client's connections again. */
    synchronized void serve(String clientId) {
        refused.remove(clientId);
    }

    /** Returns when the client's present connection has carried this to the gateway. */
    synchronized void awaitDown(String clientId, String text) {
        long endNs = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (!lines.containsKey(clientId) || !lines.get(clientId).hasCarried(text)) {
            long leftMs = (endNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError("the broker did not send '" + text + "' to " + clientId);
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
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
        try (gateway) {
            int length = gateway.getInputStream().read(buffer); // the gateway writes its CONNECT at once
            Line line = length <= 0 ? null : open(clientId(buffer), gateway);
            if (line != null) {
                line.broker.getOutputStream().write(buffer, 0, length);
                start(line::pumpDown);
                line.pumpUp();
            }
        } catch (IOException ended) {
            // either side has gone, and with it the connection
        }
    }

    private synchronized Line open(String clientId, Socket gateway) throws IOException {
        if (refused.contains(clientId)) {
            return null;
        }
        Line line = new Line(gateway, new Socket(InetAddress.getLoopbackAddress(), brokerPort));
        lines.put(clientId, line);
        return line;
    }

    /** Type, remaining length, protocol name, level, flags, keep alive, in MQTT 5.0 properties, client id (§3.1 of both). */
    private static String clientId(byte[] connect) {
        int at = 1;
        while (connect[at] < 0) {
            at++;
        }
        at += 1 + 2 + connect[at + 2];
        boolean hasProperties = connect[at] == 5;
        at += 4;
        if (hasProperties) {
            at += 1 + connect[at]; // the gateway's take less than 128 octets
        }
        int length = (connect[at] & 0xFF) << 8 | connect[at + 1] & 0xFF;
        return new String(connect, at + 2, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One connection. */
    private final class Line {
        private final Socket gateway;
        private final Socket broker;
        private final ByteArrayOutputStream down = new ByteArrayOutputStream();

        Line(Socket gateway, Socket broker) throws IOException {
            this.gateway = gateway;
            this.broker = broker;
            gateway.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
        }

        boolean hasCarried(String text) {
            return down.toString(StandardCharsets.ISO_8859_1).contains(text);
        }

        void pumpUp() {
            pump(gateway, broker, false);
        }

        void pumpDown() {
            pump(broker, gateway, true);
        }

        private void pump(Socket from, Socket to, boolean noted) {
            byte[] buffer = new byte[65_536];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    out.write(buffer, 0, length);
                    if (noted) {
                        note(buffer, length);
                    }
                }
            } catch (IOException ended) {
                // either side has gone, and with it the connection
            }
        }

        private void note(byte[] octets, int length) {
            synchronized (Breaker.this) {
                down.write(octets, 0, length);
                Breaker.this.notifyAll();
            }
        }

        void close() {
            try (gateway;
                    broker) {
                // both are closed here
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package midge.cli.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a TCP client and a server, and breaks a connection once it has carried so many octets in one direction. */
final class CuttingProxy implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final AtomicInteger cuts = new AtomicInteger();
    private long upLeft = NEVER;
    private long downLeft = NEVER;
    private Line current;

    CuttingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting proxy");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** The next connection, and only that, breaks when {@code octets} have gone up (or down). */
    synchronized void cutNext(boolean up, long octets) {
        upLeft = up ? octets : NEVER;
        downLeft = up ? NEVER : octets;
    }

    /** A client that had hung up before the proxy took its connection cannot be cut: the one that it opens instead will be. */
    private synchronized void handOn(Line ended, boolean up) {
        if (current == ended) {
            cutNext(up, ended.left(up));
        } else {
            cutCurrent(up, ended.left(up));
        }
    }

    /** The connection opened last breaks when {@code octets} more have gone up (or down). */
    synchronized void cutCurrent(boolean up, long octets) {
        if (up) {
            current.upMost = current.carriedUp + octets;
        } else {
            current.downMost = current.carriedDown + octets;
        }
    }

    /** {@return connections broken so far} */
    int cuts() {
        return cuts.get();
    }

    /** {@return octets that the connection opened last has carried up, or down} */
    synchronized long carried(boolean up) {
        return up ? current.carriedUp : current.carriedDown;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open(client, server);
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void open(Socket client, Socket server) {
        Line line = new Line(client, server, upLeft, downLeft);
        current = line;
        upLeft = NEVER;
        downLeft = NEVER;
        start(() -> line.pump(true));
        start(() -> line.pump(false));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket server;
        private volatile long upMost;
        private volatile long downMost;
        private volatile long carriedUp;
        private volatile long carriedDown;

        Line(Socket client, Socket server, long upMost, long downMost) {
            this.client = client;
            this.server = server;
            this.upMost = upMost;
            this.downMost = downMost;
        }

        void pump(boolean up) {
            byte[] buffer = new byte[65_536];
            try (Socket from = up ? client : server;
                    Socket to = up ? server : client) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                int length = isCut(up) ? 0 : in.read(buffer);
                while (length > 0) {
                    int passed = (int) Math.min(length, left(up));
                    count(up, passed);
                    out.write(buffer, 0, passed);
                    length = isCut(up) ? 0 : in.read(buffer);
                }
            } catch (IOException ended) {
                // either side has gone, and with it the connection
            }
            if (isCut(up)) {
                cuts.incrementAndGet();
            } else if ((up ? upMost : downMost) != NEVER) {
                handOn(this, up);
            }
        }

        private long left(boolean up) {
            return up ? upMost - carriedUp : downMost - carriedDown;
        }

        private boolean isCut(boolean up) {
            return left(up) == 0;
        }

        /** Each direction has one thread. */
        private void count(boolean up, int octets) {
            if (up) {
                carriedUp = carriedUp + octets;
            } else {
                carriedDown = carriedDown + octets;
            }
        }
    }
}

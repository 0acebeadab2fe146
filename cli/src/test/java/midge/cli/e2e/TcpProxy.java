package midge.cli.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between TCP clients and a server, and shows what each connection carries to a recorder before it goes on. */
final class TcpProxy implements AutoCloseable {
    /** Sees what connections carry; called from many threads. */
    interface Recorder {
        /** @param connection counted from 1 in the order of opening */
        void octets(int connection, boolean up, byte[] octets, int length);
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final Recorder recorder;

    TcpProxy(int serverPort, Recorder recorder) throws IOException {
        this.serverPort = serverPort;
        this.recorder = recorder;
        start(this::accept);
    }

    private static void start(Runnable pump) {
        Thread thread = new Thread(pump, "TCP proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "mqtt://127.0.0.1:" + listening.getLocalPort();
    }

    private void accept() {
        try {
            for (int connection = 1; ; connection++) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                int number = connection;
                start(() -> pump(number, true, client, server));
                start(() -> pump(number, false, server, client));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void pump(int connection, boolean up, Socket from, Socket to) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                recorder.octets(connection, up, buffer, length);
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // either side has gone, and with it the connection
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

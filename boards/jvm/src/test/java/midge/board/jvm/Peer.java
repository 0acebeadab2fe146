package midge.board.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The other end of a link: one connection on a thread of its own. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_S = 60;

    /** What the peer does with its connection; the connection is closed afterwards. */
    interface Script {
        void play(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    Peer(Script script) throws IOException {
        this(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), script);
    }

    Peer(ServerSocket server, Script script) {
        this.server = server;
        Thread thread = new Thread(() -> serve(script), "peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Script script) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_S * 1000);
            script.play(socket);
            ended.complete("");
        } catch (IOException | RuntimeException e) {
            ended.complete(e.toString());
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    int port() {
        return server.getLocalPort();
    }

    /** {@return how the script ended: empty for well, else the exception} */
    String end() {
        try {
            return ended.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

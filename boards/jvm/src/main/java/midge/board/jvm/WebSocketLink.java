package midge.board.jvm;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import midge.hal.Hal;
import midge.hal.Idle;
import org.jspecify.annotations.Nullable;

/**
 * MQTT in binary WebSocket messages (MQTT 5.0 §6), plain or over TLS, by the JDK's client. The client has threads of its own: they hand
 * over at most {@value #AHEAD} pieces of a message, as large as a read of the socket, and wake the caller's rest.
 */
public final class WebSocketLink implements HostLink {
    /** Pieces that may wait to be received. */
    private static final int AHEAD = 4;

    private static final int CHUNK = 16 * 1024;
    /** The HTTP status of a handshake that went well. */
    private static final int SWITCHING = 101;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI uri;
    private final @Nullable TlsConfig tls;
    private final Idle idle;
    private final HttpClient client;
    private final Object lock = new Object();
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();

    /** The present connection; the words of a former one are not listened to. Guarded by {@code lock}, as all below. */
    private @Nullable Events events;

    private @Nullable WebSocket socket;
    private int state = CLOSED;
    private boolean sending;
    private boolean refusal;
    private String failure = "";

    /**
     * Does not connect yet.
     *
     * @param uri  of scheme ws or wss; without a path, {@code /mqtt} is asked for
     * @param tls  needed for wss
     * @param idle woken when something happened
     */
    public WebSocketLink(LinkUri uri, @Nullable TlsConfig tls, Idle idle) {
        this.uri = URI.create(uri.path().isEmpty() ? uri + "/mqtt" : uri.toString());
        this.tls = tls;
        this.idle = idle;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        if (tls != null) {
            builder.sslContext(tls.context()).sslParameters(tls.parameters());
        }
        client = builder.build();
    }

    @Override
    public int open() {
        close();
        Events opening = new Events();
        synchronized (lock) {
            events = opening;
            state = OPENING;
            failure = "";
            refusal = false;
            sending = false;
            arrived.clear();
        }
        var unused = client.newWebSocketBuilder()
                .subprotocols("mqtt")
                .connectTimeout(CONNECT)
                .buildAsync(uri, opening)
                .whenComplete((opened, thrown) -> opening.onBuilt(opened, thrown));
        return Hal.OK;
    }

    /** What came before the peer closed is still to be received; only then the link is closed. */
    @Override
    public int state() {
        synchronized (lock) {
            return state == CLOSED && !arrived.isEmpty() ? OPEN : state;
        }
    }

    @Override
    public String failure() {
        synchronized (lock) {
            return failure;
        }
    }

    @Override
    public boolean isRefusal() {
        synchronized (lock) {
            return refusal;
        }
    }

    @Override
    public boolean isFlushed() {
        synchronized (lock) {
            return !sending || state == CLOSED;
        }
    }

    /** Takes up to 16 KiB as one message; the next is taken when that has left. */
    @Override
    public int send(byte[] bytes, int offset, int length) {
        WebSocket open;
        Events now;
        synchronized (lock) {
            open = socket;
            now = events;
            if (state != OPEN || open == null || now == null) {
                return Hal.GONE;
            }
            if (sending || length == 0) {
                return 0;
            }
            sending = true;
        }
        int taken = Math.min(length, CHUNK);
        ByteBuffer message =
                ByteBuffer.allocate(taken).put(bytes, offset, taken).flip();
        var unused = open.sendBinary(message, true).whenComplete((sent, thrown) -> now.onSent(thrown));
        return taken;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        WebSocket more = null;
        int got;
        synchronized (lock) {
            ByteBuffer first = arrived.peek();
            if (first == null) {
                return state == CLOSED ? Hal.GONE : 0;
            }
            got = Math.min(capacity, first.remaining());
            first.get(into, offset, got);
            if (!first.hasRemaining()) {
                arrived.remove();
                more = socket;
            }
        }
        if (more != null) {
            more.request(1);
        }
        return got;
    }

    @Override
    public void close() {
        WebSocket open;
        synchronized (lock) {
            open = socket;
            socket = null;
            events = null;
            state = CLOSED;
            arrived.clear();
        }
        if (open != null) {
            var unused = open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, thrown) -> open.abort());
        }
    }

    /** What the client's threads say about one connection. */
    private final class Events implements WebSocket.Listener {
        private void onBuilt(@Nullable WebSocket opened, @Nullable Throwable thrown) {
            if (opened == null) {
                end(thrown == null ? new IOException("no connection") : thrown);
                return;
            }
            if (!opened.getSubprotocol().equals("mqtt")) {
                end("the peer's WebSocket does not speak the subprotocol mqtt", true);
                opened.abort();
                return;
            }
            boolean current;
            synchronized (lock) {
                current = events == this && state == OPENING;
                if (current) {
                    socket = opened;
                    state = OPEN;
                }
            }
            if (current) {
                opened.request(AHEAD);
                idle.wake();
            } else {
                opened.abort();
            }
        }

        private void onSent(@Nullable Throwable thrown) {
            synchronized (lock) {
                if (events == this) {
                    sending = false;
                }
            }
            if (thrown != null) {
                end(thrown);
            }
            idle.wake();
        }

        @Override
        @SuppressWarnings("NullAway") // null: the data are free again
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (!data.hasRemaining()) {
                from.request(1);
            }
            synchronized (lock) {
                if (events == this && data.hasRemaining()) {
                    arrived.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
                }
            }
            idle.wake();
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            end("the peer sent text, MQTT is binary", true);
            from.abort();
            return null;
        }

        @Override
        public void onOpen(WebSocket opened) {
            // more is asked for once the subprotocol was judged
        }

        @Override
        @SuppressWarnings("NullAway")
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            end("connection closed by the peer" + (reason.isEmpty() ? "" : ": " + reason), false);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable thrown) {
            end(thrown);
        }

        private void end(Throwable thrown) {
            String said = tls == null ? null : TlsFailure.explain(thrown, tls);
            if (said != null) {
                end(said, true);
                return;
            }
            Throwable cause =
                    thrown.getCause() != null && !(thrown instanceof ConnectException) ? thrown.getCause() : thrown;
            if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
                end(describe(refused.getResponse().statusCode(), refused), true);
            } else if (tls != null && tls.missesCertificate()) {
                end(TlsFailure.missingCertificate(describe(cause)), true);
            } else {
                end(describe(cause), false);
            }
        }

        private String describe(int status, Throwable refused) {
            return status == SWITCHING
                    ? "the peer's answer to the WebSocket handshake is wrong (" + refused.getCause() + ")"
                    : "the peer answers HTTP status " + status + " to a WebSocket";
        }

        private String describe(Throwable cause) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
            if (cause instanceof ConnectException) {
                return "Connection refused";
            }
            return cause instanceof HttpConnectTimeoutException ? "no answer" : "connection closed by the peer";
        }

        private void end(String why, boolean decided) {
            synchronized (lock) {
                if (events != this || state == CLOSED) {
                    return;
                }
                failure = why;
                refusal = decided;
                state = CLOSED;
            }
            idle.wake();
        }
    }
}

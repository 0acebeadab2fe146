package midge.board.jvm;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import midge.hal.Hal;

/**
 * TLS over a {@link TcpLink}, by the JDK's engine. The handshake goes on step by step in {@link #send} and
 * {@link #receive}; its arithmetic, some milliseconds, runs on the caller's thread. Looking at {@link #state} moves nothing, so that a
 * host which rests after its last {@link #receive} gave 0 leaves nothing behind. Holds about 50 KiB of buffers while open.
 */
public final class TlsLink implements HostLink {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TcpLink tcp;
    private final TlsConfig tls;
    private final String host;
    private final int port;
    private SSLEngine engine;
    /** What came, to be decrypted; filled from its position. */
    private ByteBuffer sealedIn = NOTHING;
    /** What was decrypted and not yet taken; read from its position. */
    private ByteBuffer plainIn = NOTHING;
    /** What was encrypted and not yet sent; read from its position. */
    private ByteBuffer sealedOut = NOTHING;

    private int state = CLOSED;
    private boolean begun;
    private boolean heard;
    private boolean refusal;
    private String failure = "";

    /**
     * Does not connect yet.
     *
     * @param tcp  to the peer
     * @param host the name that the peer's certificate must be for
     */
    public TlsLink(TcpLink tcp, TlsConfig tls, String host, int port) {
        this.tcp = tcp;
        this.tls = tls;
        this.host = host;
        this.port = port;
        engine = tls.engine(host, port);
    }

    @Override
    public int open() {
        close();
        failure = "";
        refusal = false;
        begun = false;
        heard = false;
        engine = tls.engine(host, port);
        int sealed = engine.getSession().getPacketBufferSize();
        sealedIn = ByteBuffer.allocate(sealed);
        sealedOut = ByteBuffer.allocate(sealed).flip();
        plainIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
        int status = tcp.open();
        if (status == Hal.OK) {
            state = OPENING;
        } else {
            failure = tcp.failure();
        }
        return status;
    }

    /** {@inheritDoc} Asking moves the handshake on, so that a caller who waits for it need do nothing else. */
    @Override
    public int state() {
        if (state == OPENING) {
            step();
        }
        return state;
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public boolean isRefusal() {
        return refusal;
    }

    @Override
    public boolean isFlushed() {
        return state == CLOSED || flush();
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        step();
        if (state != OPEN) {
            return Hal.GONE;
        }
        ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (from.hasRemaining() && flush() && state == OPEN) {
                seal(from);
            }
            flush();
        } catch (SSLException e) {
            fail(e);
        }
        return state == OPEN ? from.position() - offset : Hal.GONE;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        step();
        int got = Math.min(capacity, plainIn.remaining());
        if (got == 0) {
            return state == CLOSED ? Hal.GONE : 0;
        }
        plainIn.get(into, offset, got);
        return got;
    }

    /** Does what can be done without waiting: shakes hands, then decrypts until something is there to be taken. */
    private void step() {
        if (state == CLOSED || (!begun && tcp.state() == OPENING)) {
            return;
        }
        if (!begun && tcp.state() == CLOSED) {
            end(tcp.failure());
            return;
        }
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            boolean moved = true;
            while (moved && state != CLOSED) {
                moved = advance();
            }
        } catch (SSLException e) {
            fail(e);
        }
    }

    private boolean advance() throws SSLException {
        HandshakeStatus next = engine.getHandshakeStatus();
        if (next == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            return true;
        }
        if (next == HandshakeStatus.NEED_WRAP) {
            if (!flush()) {
                return false;
            }
            seal(NOTHING);
            flush();
            return true;
        }
        if (next == HandshakeStatus.NOT_HANDSHAKING && state == OPENING) {
            state = OPEN;
        }
        flush();
        return state != CLOSED && !plainIn.hasRemaining() && unseal();
    }

    private void seal(ByteBuffer from) throws SSLException {
        sealedOut.clear();
        SSLEngineResult result = engine.wrap(from, sealedOut);
        sealedOut.flip();
        if (result.getStatus() == Status.CLOSED && !sealedOut.hasRemaining()) {
            end("connection closed by the peer");
        }
    }

    /** {@return whether anything moved} */
    private boolean unseal() throws SSLException {
        sealedIn.flip();
        plainIn.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(sealedIn, plainIn);
        } finally {
            sealedIn.compact();
            plainIn.flip();
        }
        heard = heard || plainIn.hasRemaining();
        return switch (result.getStatus()) {
            case OK -> result.bytesConsumed() > 0 || plainIn.hasRemaining();
            case BUFFER_UNDERFLOW -> fill();
            case CLOSED -> {
                end("connection closed by the peer");
                yield false;
            }
            case BUFFER_OVERFLOW -> throw new SSLException("a record is larger than TLS allows");
        };
    }

    private boolean fill() {
        int got = tcp.receive(sealedIn.array(), sealedIn.position(), sealedIn.remaining());
        if (got < 0) {
            end(tcp.failure());
        } else {
            sealedIn.position(sealedIn.position() + got);
        }
        return got > 0;
    }

    /** {@return whether nothing is left to be sent} */
    private boolean flush() {
        if (sealedOut.hasRemaining()) {
            int sent = tcp.send(sealedOut.array(), sealedOut.position(), sealedOut.remaining());
            if (sent < 0) {
                end(tcp.failure());
                return true;
            }
            sealedOut.position(sealedOut.position() + sent);
        }
        return !sealedOut.hasRemaining();
    }

    private void fail(SSLException e) {
        String said = TlsFailure.explain(e, tls);
        failure = said == null ? String.valueOf(e.getMessage()) : said;
        refusal = !heard;
        state = CLOSED;
        sayWhy();
        tcp.close();
    }

    /** The engine has an alert for the peer; it goes when there is room, and is not waited for. */
    private void sayWhy() {
        try {
            sealedOut.clear();
            engine.wrap(NOTHING, sealedOut);
        } catch (SSLException e) {
            // the engine has nothing more to say
        }
        sealedOut.flip();
        tcp.send(sealedOut.array(), 0, sealedOut.limit());
    }

    /** A server of TLS 1.3 that misses a certificate closes after the handshake, and its alert may be lost with the connection. */
    private void end(String why) {
        refusal = tls.missesCertificate() && !heard;
        failure = refusal ? TlsFailure.missingCertificate(why) : why;
        if (state == OPENING && !refusal) {
            failure = begun ? "the TLS handshake was cut: " + why : why;
        }
        state = CLOSED;
        tcp.close();
    }

    @Override
    public void close() {
        if (state == OPEN && flush()) {
            engine.closeOutbound();
            sayWhy();
        }
        state = CLOSED;
        tcp.close();
    }
}

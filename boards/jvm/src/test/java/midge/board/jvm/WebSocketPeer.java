package midge.board.jvm;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The server's side of one WebSocket (RFC 6455), frame by frame, so that a test can say anything. */
final class WebSocketPeer {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;

    /** @param first FIN, RSV and opcode as they came */
    record Frame(int first, boolean masked, byte[] payload) {
        int opcode() {
            return first & 0x0F;
        }
    }

    final Map<String, String> headers = new TreeMap<>();
    final String requestLine;
    private final Socket socket;
    private final DataInputStream in;

    /** Reads the request. */
    WebSocketPeer(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        requestLine = line();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /** Reads the request and accepts it. */
    static WebSocketPeer accepting(Socket socket) throws IOException {
        WebSocketPeer peer = new WebSocketPeer(socket);
        peer.answer("Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: " + peer.proof());
        return peer;
    }

    /** §4.2.2 */
    String proof() {
        try {
            String key = headers.get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void answer(String moreHeaders) throws IOException {
        say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + moreHeaders
                + "\r\n\r\n");
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** {@return the next frame}, whatever it is. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int length = second & 0x7F;
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length && mask.length > 0; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(first, mask.length > 0, payload);
    }

    /** {@return one frame as a server sends it} */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65_536) {
            frame.writeBytes(new byte[] {126, (byte) (payload.length >> 8), (byte) payload.length});
        } else {
            frame.writeBytes(new byte[] {127, 0, 0, 0, 0});
            frame.writeBytes(new byte[] {
                (byte) (payload.length >> 24),
                (byte) (payload.length >> 16),
                (byte) (payload.length >> 8),
                (byte) payload.length
            });
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}

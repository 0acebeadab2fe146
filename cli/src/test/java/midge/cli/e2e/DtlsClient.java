package midge.cli.e2e;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import midge.board.jvm.DtlsCredentials;
import midge.board.jvm.DtlsLink;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;

/** Whole MQTT-SN frames to a gateway by DTLS, for tests that write frames themselves. */
public final class DtlsClient implements AutoCloseable {
    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final byte[] buffer = new byte[65_536];
    private final DtlsLink link;
    private final int gateway;

    /** @param key in hex */
    public DtlsClient(InetSocketAddress gateway, String identity, String key) throws IOException {
        this(gateway, DtlsCredentials.key(identity, HexFormat.of().parseHex(key)));
    }

    DtlsClient(InetSocketAddress gateway, DtlsCredentials credentials) throws IOException {
        link = new DtlsLink(credentials, idle);
        this.gateway = link.peer(gateway);
    }

    public void send(byte[] frame) throws IOException {
        if (link.send(gateway, frame, 0, frame.length) < 0) {
            throw new IOException("the link takes no frame of " + frame.length + " octets");
        }
    }

    void send(String hex) throws IOException {
        send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** {@return the next frame, null when none came in time} */
    public byte[] receive(int withinMs) {
        long endMs = clock.nowMs() + withinMs;
        while (true) {
            int length = link.receive(buffer, 0, buffer.length);
            if (length > 0) {
                return Arrays.copyOf(buffer, length);
            }
            if (clock.nowMs() >= endMs) {
                return null;
            }
            idle.until(endMs);
        }
    }

    /** {@return the next frame in hex, empty when none came in time} */
    String receiveHex(int withinMs) {
        byte[] frame = receive(withinMs);
        return frame == null ? "" : HexFormat.ofDelimiter(" ").withUpperCase().formatHex(frame);
    }

    /** {@return why there is no session, null when nothing is known to be wrong} */
    String obstacle() {
        return link.obstacle(gateway);
    }

    @Override
    public void close() {
        link.close();
        idle.close();
    }
}

package midge.sim.export;

import java.io.IOException;

/** One TCP connection in a capture. Octets of either side become segments of Ethernet size, each acknowledged by the next packet back. */
public final class PcapStream {
    private static final int SEGMENT = 1_460;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    private static final byte[] NOTHING = new byte[0];

    private final PcapWriter writer;
    private final byte[] client;
    private final int clientPort;
    private final byte[] server;
    private final int serverPort;
    private long clientNext = 1_000;
    private long serverNext = 2_000;

    PcapStream(PcapWriter writer, long atMs, byte[] client, int clientPort, byte[] server, int serverPort)
            throws IOException {
        this.writer = writer;
        this.client = client.clone();
        this.clientPort = clientPort;
        this.server = server.clone();
        this.serverPort = serverPort;
        fromClient(atMs, SYN, NOTHING, 0, 0);
        clientNext++;
        fromServer(atMs, SYN | ACK, NOTHING, 0, 0);
        serverNext++;
        fromClient(atMs, ACK, NOTHING, 0, 0);
    }

    /** Writes octets that the client sent. */
    public void up(long atMs, byte[] octets, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += SEGMENT) {
            int part = Math.min(SEGMENT, length - at);
            fromClient(atMs, PSH | ACK, octets, offset + at, part);
            clientNext += part;
        }
    }

    /** Writes octets that the server sent. */
    public void down(long atMs, byte[] octets, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += SEGMENT) {
            int part = Math.min(SEGMENT, length - at);
            fromServer(atMs, PSH | ACK, octets, offset + at, part);
            serverNext += part;
        }
    }

    /** Writes the end of the connection; the client closes first. */
    public void close(long atMs) throws IOException {
        fromClient(atMs, FIN | ACK, NOTHING, 0, 0);
        clientNext++;
        fromServer(atMs, FIN | ACK, NOTHING, 0, 0);
        serverNext++;
        fromClient(atMs, ACK, NOTHING, 0, 0);
    }

    private void fromClient(long atMs, int flags, byte[] octets, int offset, int length) throws IOException {
        long acknowledged = (flags & ACK) == 0 ? 0 : serverNext;
        writer.segment(
                atMs, client, clientPort, server, serverPort, clientNext, acknowledged, flags, octets, offset, length);
    }

    private void fromServer(long atMs, int flags, byte[] octets, int offset, int length) throws IOException {
        writer.segment(
                atMs, server, serverPort, client, clientPort, serverNext, clientNext, flags, octets, offset, length);
    }
}

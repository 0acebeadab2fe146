package midge.cli.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Stands between one UDP client and a server, and shows each datagram to a recorder before it goes on. */
final class UdpProxy implements AutoCloseable {
    /** Sees the datagrams; called from two threads. */
    interface Recorder {
        void datagram(boolean up, byte[] octets, int length);
    }

    private final DatagramSocket towardsClient;
    private volatile DatagramSocket towardsServer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Recorder recorder;
    private final SocketAddress server;
    private volatile SocketAddress client = towardsServer.getLocalSocketAddress();

    UdpProxy(int serverPort, Recorder recorder) throws IOException {
        this(new DatagramSocket(0, InetAddress.getLoopbackAddress()), serverPort, recorder);
    }

    /** @param towardsClient where the client sends to; closed with this */
    UdpProxy(DatagramSocket towardsClient, int serverPort, Recorder recorder) throws IOException {
        this.towardsClient = towardsClient;
        this.recorder = recorder;
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        start(this::up);
        start(this::down);
    }

    private static void start(Runnable pump) {
        Thread thread = new Thread(pump, "UDP proxy");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) towardsClient.getLocalSocketAddress();
    }

    /** From now on the server sees another address, as behind a NAT that forgot the client. */
    void rebind() throws IOException {
        DatagramSocket old = towardsServer;
        towardsServer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        old.close();
        start(this::down);
    }

    /** Sends octets to the server from where it sees the client. */
    void inject(byte[] octets) throws IOException {
        towardsServer.send(new DatagramPacket(octets, octets.length, server));
    }

    private void up() {
        pump(true, towardsClient);
    }

    private void down() {
        pump(false, towardsServer);
    }

    private void pump(boolean up, DatagramSocket from) {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (true) {
                packet.setLength(65_536);
                from.receive(packet);
                if (up) {
                    client = packet.getSocketAddress();
                }
                recorder.datagram(up, packet.getData(), packet.getLength());
                DatagramSocket to = up ? towardsServer : towardsClient;
                to.send(new DatagramPacket(packet.getData(), packet.getLength(), up ? server : client));
            }
        } catch (IOException e) {
            if (!from.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Carries nothing from now on. */
    void cut() {
        close();
    }

    @Override
    public void close() {
        towardsClient.close();
        towardsServer.close();
    }
}

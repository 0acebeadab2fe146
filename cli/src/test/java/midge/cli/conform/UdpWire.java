package midge.cli.conform;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** Plain UDP. */
final class UdpWire implements Wire {
    private static final int LARGEST = 65_536;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final byte[] buffer = new byte[LARGEST];

    UdpWire(InetSocketAddress gateway) throws IOException {
        socket.connect(gateway);
    }

    @Override
    public void send(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length));
    }

    @Override
    public byte[] receive(int withinMs) throws IOException {
        socket.setSoTimeout(Math.max(1, withinMs));
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        return Arrays.copyOf(buffer, packet.getLength());
    }

    @Override
    public void close() {
        socket.close();
    }
}

package midge.board.cortexm;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import midge.board.small.SmallDevice;
import midge.hal.Hal;
import midge.hal.SerialPort;
import midge.hal.link.DatagramLink;
import midge.hal.link.HdlcFraming;
import midge.hal.link.SerialDatagramLink;

/** Carries frames between an emulated UART and the gateway's UDP, and spoils the line when told to. */
final class UartBridge implements SerialPort, AutoCloseable {
    private static final int WAIT_MS = 2;
    private static final int ONE_FRAME_IN = 5;
    private static final int ONE_OCTET_IN = 60;

    private final Socket uart;
    private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final SerialDatagramLink line = new SerialDatagramLink(this, new HdlcFraming(SmallDevice.FRAME_OCTETS));
    private final Random random = new Random(8);
    private final Thread thread;
    private volatile boolean noisy;
    private volatile int spoilt;
    private volatile int lost;

    UartBridge(Socket uart, InetSocketAddress gateway) throws IOException {
        this.uart = uart;
        udp.connect(gateway);
        udp.setSoTimeout(WAIT_MS);
        thread = new Thread(this::run, "UART bridge");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on every fifth frame is lost, every sixtieth octet is another one, and random octets come between frames. */
    void noisy(boolean noisy) {
        this.noisy = noisy;
    }

    int spoilt() {
        return spoilt;
    }

    int lost() {
        return lost;
    }

    private void run() {
        byte[] frame = new byte[1_500];
        try {
            while (!uart.isClosed()) {
                for (int n = line.receive(frame, 0, frame.length); n > 0; n = line.receive(frame, 0, frame.length)) {
                    if (!loses()) {
                        udp.send(new DatagramPacket(frame, n));
                    }
                }
                fromGateway(frame);
            }
        } catch (IOException e) {
            // the emulator has ended
        }
    }

    private void fromGateway(byte[] frame) throws IOException {
        try {
            DatagramPacket packet = new DatagramPacket(frame, frame.length);
            udp.receive(packet);
            if (!loses()) {
                line.send(DatagramLink.GATEWAY, frame, 0, packet.getLength());
            }
        } catch (SocketTimeoutException e) {
            // nothing came: look at the UART again
        }
    }

    private boolean loses() {
        boolean loses = noisy && random.nextInt(ONE_FRAME_IN) == 0;
        lost += loses ? 1 : 0;
        return loses;
    }

    @Override
    public int read(byte[] into, int offset, int capacity) {
        try {
            int waiting = Math.min(capacity, uart.getInputStream().available());
            int count = waiting == 0 ? 0 : uart.getInputStream().read(into, offset, waiting);
            spoil(into, offset, count);
            return count;
        } catch (IOException e) {
            return Hal.GONE;
        }
    }

    @Override
    public int write(byte[] octets, int offset, int length) {
        byte[] copy = new byte[length + 8];
        int noise = noisy && random.nextBoolean() ? random.nextInt(8) : 0;
        random.nextBytes(copy);
        System.arraycopy(octets, offset, copy, noise, length);
        spoil(copy, 0, noise + length);
        try {
            uart.getOutputStream().write(copy, 0, noise + length);
            return length;
        } catch (IOException e) {
            return Hal.GONE;
        }
    }

    private void spoil(byte[] octets, int offset, int count) {
        for (int i = 0; noisy && i < count; i++) {
            if (random.nextInt(ONE_OCTET_IN) == 0) {
                octets[offset + i] = (byte) random.nextInt();
                spoilt++;
            }
        }
    }

    @Override
    public void close() {
        udp.close();
        thread.interrupt();
    }
}

package midge.board.cortexm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import midge.board.serial.Pty;

/** Carries octets between an emulated UART and a serial port, and spoils them when told to. */
final class NoisyLine {
    private static final int ONE_FRAME_IN = 5;
    private static final int ONE_OCTET_IN = 60;
    private static final int NOISE_MOST = 8;
    /** At both ends of a frame (RFC 1662), and never inside. */
    private static final byte FLAG = 0x7E;

    private final AtomicInteger spoilt = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean isNoisy;

    NoisyLine(Socket uart, Pty port) throws IOException {
        carry(uart.getInputStream(), port.output(), 8);
        carry(port.input(), uart.getOutputStream(), 9);
    }

    private void carry(InputStream from, OutputStream to, long seed) {
        Thread thread = new Thread(new Direction(from, to, new Random(seed)), "noisy line");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on every fifth frame is lost, every sixtieth octet is another one, and random octets come between frames. */
    void noisy(boolean noisy) {
        isNoisy = noisy;
    }

    int spoilt() {
        return spoilt.get();
    }

    int lost() {
        return lost.get();
    }

    private final class Direction implements Runnable {
        private final InputStream from;
        private final OutputStream to;
        private final Random random;
        private boolean isInFrame;
        private boolean isLosing;

        Direction(InputStream from, OutputStream to, Random random) {
            this.from = from;
            this.to = to;
            this.random = random;
        }

        @Override
        public void run() {
            byte[] octets = new byte[512];
            try {
                for (int count; (count = from.read(octets)) >= 0; ) {
                    for (int i = 0; i < count; i++) {
                        carry(octets[i]);
                    }
                    to.flush();
                }
            } catch (IOException e) {
                // the emulator has ended
            }
        }

        private void carry(byte octet) throws IOException {
            boolean wasInFrame = isInFrame;
            if (octet == FLAG) {
                isInFrame = !isInFrame;
            }
            if (isInFrame && !wasInFrame) {
                begin();
            }
            if (!isLosing) {
                boolean spoils = isNoisy && random.nextInt(ONE_OCTET_IN) == 0;
                spoilt.addAndGet(spoils ? 1 : 0);
                to.write(spoils ? random.nextInt() : octet);
            }
            if (wasInFrame && !isInFrame) {
                isLosing = false;
            }
        }

        private void begin() throws IOException {
            isLosing = isNoisy && random.nextInt(ONE_FRAME_IN) == 0;
            lost.addAndGet(isLosing ? 1 : 0);
            byte[] noise = new byte[isNoisy && random.nextBoolean() ? random.nextInt(NOISE_MOST) : 0];
            random.nextBytes(noise);
            to.write(noise);
        }
    }
}

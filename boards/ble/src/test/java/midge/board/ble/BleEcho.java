package midge.board.ble;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import midge.board.DatagramLinks;
import midge.hal.Idle;
import midge.hal.link.DatagramLink;

/** Sends frames to a UART that sends back what it gets, and compares: {@code BleEcho URI}. For the virtual board. */
public final class BleEcho implements Idle {
    private static final int[] LENGTHS = {1, 5, 20, 100, 244, 600, 1_452};
    private static final int PATIENCE_S = 30;

    private final Semaphore woken = new Semaphore(0);

    private BleEcho() {}

    @Override
    public void until(long deadlineMs) {
        throw new UnsupportedOperationException("never rests");
    }

    @Override
    public void wake() {
        woken.release();
    }

    /** Ends with 0 when everything came back. */
    public static void main(String[] arguments) throws Exception {
        new BleEcho().run(arguments[0]);
        System.exit(0); // threads of the bus take their time
    }

    private void run(String uri) throws IOException, InterruptedException {
        DatagramLink link = DatagramLinks.open(uri, this);
        System.out.println("connected");
        Random random = new Random(1);
        for (int length : LENGTHS) {
            byte[] frame = new byte[length];
            random.nextBytes(frame);
            long startNs = System.nanoTime();
            if (link.send(DatagramLink.GATEWAY, frame, 0, length) != length) {
                throw new IOException("the link takes no " + length + " octets");
            }
            byte[] back = new byte[link.mtu()];
            int received = await(link, back);
            if (received != length || !Arrays.equals(frame, Arrays.copyOf(back, received))) {
                throw new IOException("of " + length + " octets " + received + " came back, or others");
            }
            System.out.println("echo of " + length + " octets in " + (System.nanoTime() - startNs) / 1_000_000 + " ms");
        }
        DatagramLinks.close(link);
    }

    private int await(DatagramLink link, byte[] back) throws InterruptedException, IOException {
        int received = link.receive(back, 0, back.length);
        while (received == 0) {
            if (!woken.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IOException("nothing came back for " + PATIENCE_S + " s");
            }
            received = link.receive(back, 0, back.length);
        }
        return received;
    }
}

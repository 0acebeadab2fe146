package midge.bench.throughput;

import java.util.concurrent.CountDownLatch;

/** Counts messages that arrive: those of the warm-up, then those that are measured. Told by one thread at a time. */
final class Meter {
    private final int warmUp;
    private final int all;
    private final Runnable warm;
    private final Runnable first;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int count;
    private long startNs;
    private volatile long endNs;

    /**
     * @param warm  is run when the warm-up is over
     * @param first is run when the first message after it has come
     */
    Meter(int warmUp, int messages, Runnable warm, Runnable first) {
        this.warmUp = warmUp;
        this.all = warmUp + messages;
        this.warm = warm;
        this.first = first;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void onMessage(int payloadOctets) {
        if (payloadOctets != Load.PAYLOAD) {
            throw new IllegalStateException("a message of " + payloadOctets + " octets");
        }
        int n = count + 1;
        count = n;
        if (n == warmUp) {
            warm.run();
        } else if (n == warmUp + 1) {
            first.run();
            startNs = System.nanoTime();
        } else if (n == all) {
            endNs = System.nanoTime();
            done.countDown();
        }
    }

    boolean isDone() {
        return count >= all;
    }

    void await() throws InterruptedException {
        done.await();
    }

    long nanos() {
        return endNs - startNs;
    }
}

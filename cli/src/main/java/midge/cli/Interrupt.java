package midge.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C (or SIGTERM): lets a command end in order and print its last lines before the JVM goes. */
final class Interrupt implements AutoCloseable {
    private static final int PATIENCE_S = 10;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Runnable wake;

    Interrupt() {
        this(() -> {});
    }

    /** @param wake is run, on another thread, when the user asks */
    Interrupt(Runnable wake) {
        this.wake = wake;
        Runtime.getRuntime().addShutdownHook(new Thread(this::hook, "interrupt"));
    }

    private void hook() {
        asked.countDown();
        wake.run();
        try {
            if (!finished.await(PATIENCE_S, TimeUnit.SECONDS)) {
                System.err.println("midge: did not end in order within " + PATIENCE_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether the user has asked to end} */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits until the user asks, or {@code millis} have passed. {@code Long.MAX_VALUE} waits for ever. */
    boolean await(long millis) {
        try {
            return asked.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The command has said all it had to say. */
    @Override
    public void close() {
        finished.countDown();
    }
}

package midge.board.serial;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.SerialPort;

/** A port whose waiting is done by two threads of its own, so that its user never waits. */
final class HostSerialPort implements SerialPort {
    private static final int RING = 8_192;
    /** At most, in one call of the library: what is longer would wait behind a line that stands still. */
    private static final int CHUNK = 512;

    /** Time for what was written last to leave. */
    private static final int DRAIN_MS = 200;

    private static final int CLOSE_MS = 1_000;

    private final PortDriver driver;
    private final PortLock lock;
    private final Idle idle;
    private final OctetRing in = new OctetRing(RING);
    private final OctetRing out = new OctetRing(RING);
    private final AtomicInteger inside = new AtomicInteger(2);
    private final Thread reader;
    private final Thread writer;
    /** Whether the user waits for room, and is woken when there is some. */
    private volatile boolean wantsRoom;

    private volatile boolean isGone;
    private volatile boolean isClosed;

    /**
     * Takes the port over.
     *
     * @param idle woken when octets come, and when the port is gone
     */
    HostSerialPort(String name, PortDriver driver, PortLock lock, Idle idle) {
        this.driver = driver;
        this.lock = lock;
        this.idle = idle;
        reader = thread(name + " in", this::read);
        writer = thread(name + " out", this::write);
    }

    private interface Loop {
        void run() throws IOException, InterruptedException;
    }

    private Thread thread(String name, Loop loop) {
        Thread thread = new Thread(() -> run(loop), "serial " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void run(Loop loop) {
        try {
            loop.run();
        } catch (IOException | InterruptedException e) {
            // gone, which the next read or write tells
        } finally {
            end(true);
            if (inside.decrementAndGet() == 0) {
                driver.close();
                lock.close();
            }
            idle.wake();
        }
    }

    private void read() throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        while (!isGone) {
            int count = driver.read(chunk);
            in.put(chunk, count);
            if (count > 0) {
                idle.wake();
            }
        }
    }

    private void write() throws IOException, InterruptedException {
        for (byte[] chunk = out.take(CHUNK); chunk.length > 0; chunk = out.take(CHUNK)) {
            driver.write(chunk);
            if (wantsRoom) {
                wantsRoom = false;
                idle.wake();
            }
        }
    }

    private void end(boolean discards) {
        isGone = true;
        in.close();
        out.close();
        driver.cut(discards);
    }

    @Override
    public int write(byte[] octets, int offset, int length) {
        if (isGone) {
            return Hal.GONE;
        }
        int taken = out.offer(octets, offset, length);
        if (taken < length) {
            wantsRoom = true;
            if (out.hasRoom()) { // since just now, and the writer may not have seen that it is wanted
                idle.wake();
            }
        }
        return taken;
    }

    /** What came before the port was pulled out can still be read. */
    @Override
    public int read(byte[] into, int offset, int capacity) {
        if (isClosed) {
            return Hal.GONE;
        }
        boolean wasGone = isGone;
        int count = in.poll(into, offset, capacity);
        return count == 0 && wasGone ? Hal.GONE : count;
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            end(!out.awaitEmpty(DRAIN_MS));
            reader.join(CLOSE_MS);
            writer.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package midge.board.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Executor;
import midge.board.Explained;
import midge.board.SystemFiles;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/** A sensor that the kernel drives, read as files. A slow read happens on another thread, so that the device's loop goes on. */
public final class FileSensor implements Sensor, Explained {
    /** How often a read that goes on is looked at, ms. */
    private static final int LOOK_MS = 20;
    /** A kernel that is silent for so long is not waited for, ms. */
    private static final int PATIENCE_MS = 15_000;

    private final FileSource source;
    private final SystemFiles files;
    private final Executor worker;
    private final int[] values;
    private final int[] read;
    /** The worker's, until it says that it is done. */
    private volatile boolean isReading;

    private volatile String problem = "";
    private volatile int status = Hal.NO_VALUE;

    private boolean measuring;
    private int attemptsLeft;
    private long readyAtMs = Long.MAX_VALUE;
    private long nextAttemptMs;
    private long giveUpAtMs;

    /** @param worker one thread, which may wait for the kernel */
    public FileSensor(FileSource source, SystemFiles files, Executor worker) {
        this.source = source;
        this.files = files;
        this.worker = worker;
        values = new int[source.quantities().length];
        read = new int[values.length];
    }

    @Override
    public int begin(long nowMs) {
        if (isReading) {
            readyAtMs = nowMs + LOOK_MS;
            return Hal.WOULD_BLOCK; // the read that was given up; it will end
        }
        measuring = true;
        attemptsLeft = source.attempts();
        giveUpAtMs = nowMs + PATIENCE_MS;
        attempt(nowMs);
        return Hal.OK;
    }

    private void attempt(long nowMs) {
        attemptsLeft--;
        nextAttemptMs = nowMs + source.pauseMs();
        readyAtMs = nowMs + LOOK_MS;
        isReading = true;
        worker.execute(this::read);
    }

    /** On the worker's thread. */
    private void read() {
        try {
            source.read(files, read);
            problem = "";
            status = Hal.OK;
        } catch (NoSuchFileException e) {
            fail("there is no " + e.getFile(), Hal.GONE);
        } catch (AccessDeniedException e) {
            fail("this user may not read " + e.getFile(), Hal.GONE);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            fail(String.valueOf(e.getMessage()), Hal.NO_VALUE);
        } finally {
            isReading = false;
        }
    }

    private void fail(String why, int code) {
        problem = why;
        status = code;
    }

    @Override
    public long readyAtMs() {
        return readyAtMs;
    }

    @Override
    public int poll(long nowMs) {
        if (!measuring || nowMs < readyAtMs) {
            return Hal.WOULD_BLOCK;
        }
        if (isReading) {
            if (nowMs < giveUpAtMs) {
                readyAtMs = nowMs + LOOK_MS;
                return Hal.WOULD_BLOCK;
            }
            fail("the kernel does not answer", Hal.NO_VALUE);
            return over(Hal.NO_VALUE);
        }
        if (status != Hal.OK && attemptsLeft > 0) {
            if (nowMs < nextAttemptMs) {
                readyAtMs = nextAttemptMs;
            } else {
                attempt(nowMs);
            }
            return Hal.WOULD_BLOCK;
        }
        if (status == Hal.OK) {
            System.arraycopy(read, 0, values, 0, values.length);
        }
        return over(status);
    }

    private int over(int with) {
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
        return with;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public int valueCount() {
        return values.length;
    }

    @Override
    public int quantity(int index) {
        return index < 0 || index >= values.length ? Quantity.NONE : source.quantities()[index];
    }

    @Override
    public int value(int index) {
        return values[index];
    }
}

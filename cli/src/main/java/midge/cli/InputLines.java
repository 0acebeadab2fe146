package midge.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, read by a thread of their own: the connection is kept alive while the next line is long in coming. */
final class InputLines {
    private static final int AHEAD = 64;

    private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream in;
    private final Runnable wake;
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    private InputLines(InputStream in, Runnable wake) {
        this.in = in;
        this.wake = wake;
    }

    /**
     * Begins to read.
     *
     * @param wake is run, on another thread, when a line or the end has come
     */
    static InputLines read(InputStream in, Runnable wake) {
        InputLines input = new InputLines(in, wake);
        Thread reader = new Thread(input::readAll, "standard input");
        reader.setDaemon(true);
        reader.start();
        return input;
    }

    private void readAll() {
        // Octets go through as they are: this charset maps each to itself.
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(line.getBytes(StandardCharsets.ISO_8859_1));
                wake.run();
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        wake.run();
    }

    /** {@return whether there is a line, or will be none} */
    boolean isReady() {
        return ended || !lines.isEmpty();
    }

    /** {@return the next line without its end; null when there is none now} */
    byte @Nullable [] poll() {
        return lines.poll();
    }

    /** {@return whether all lines have been taken} */
    boolean isEnded() {
        if (!ended || !lines.isEmpty()) {
            return false;
        }
        IOException reason = failure;
        if (reason != null) {
            throw new UserError(ExitCode.FAILED, "cannot read standard input: " + reason.getMessage());
        }
        return true;
    }
}

package midge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a stream, octet for octet, read by a thread of their own: the connection is kept alive while the next line is long in
 * coming. Reads at most two chunks ahead of the line that was asked for, so that a long input does not fill the memory.
 */
final class InputLines {
    private static final int CHUNK = 64 * 1024;
    /** No packet of MQTT is longer. */
    private static final int LINE_MAX = 268_435_455;

    /** What one read gave. */
    private static final class Chunk {
        private final byte[] octets;
        private final int length;

        Chunk(byte[] octets, int length) {
            this.octets = octets;
            this.length = length;
        }
    }

    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(2);
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(2);
    private final InputStream in;
    private final Runnable wake;
    private volatile boolean readAll;
    private volatile @Nullable IOException failure;

    private @Nullable Chunk chunk;
    private int at;
    /** The beginning of a line whose end is in a later chunk. */
    private byte[] begun = {};

    private int begunLength;
    private byte[] buffer = {};
    private int offset;
    private int length;

    private InputLines(InputStream in, Runnable wake) {
        this.in = in;
        this.wake = wake;
        free.add(new byte[CHUNK]);
        free.add(new byte[CHUNK]);
    }

    /**
     * Begins to read.
     *
     * @param wake is run, on another thread, when octets or the end have come
     */
    static InputLines read(InputStream in, Runnable wake) {
        InputLines input = new InputLines(in, wake);
        Thread reader = new Thread(input::readAll, "standard input");
        reader.setDaemon(true);
        reader.start();
        return input;
    }

    private void readAll() {
        try {
            byte[] octets = free.take();
            for (int got = in.read(octets); got >= 0; got = in.read(octets)) {
                full.put(new Chunk(octets, got));
                wake.run();
                octets = free.take();
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readAll = true;
        wake.run();
    }

    /** {@return whether {@link #next} has something to look at, or never will} */
    boolean isReady() {
        return chunk != null || !full.isEmpty() || readAll;
    }

    /**
     * Goes on to the next line, which is then at {@link #offset} of {@link #buffer}, without its end, until the next call.
     *
     * @return false when there is none now
     */
    boolean next() {
        while (true) {
            Chunk now = chunk;
            if (now == null) {
                boolean ended = readAll; // before the last look at the queue
                now = full.poll();
                if (now == null) {
                    return ended && lastLine();
                }
                chunk = now;
                at = 0;
            }
            int end = indexOfEnd(now);
            if (end >= 0) {
                line(now, end);
                return true;
            }
            keep(now, now.length);
            chunk = null;
            free.add(now.octets);
        }
    }

    private int indexOfEnd(Chunk now) {
        for (int i = at; i < now.length; i++) {
            if (now.octets[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void line(Chunk now, int end) {
        if (begunLength > 0) {
            keep(now, end);
            give(begun, 0, begunLength);
            begunLength = 0;
        } else {
            give(now.octets, at, end - at);
        }
        at = end + 1;
    }

    /** The last line may lack its end. */
    private boolean lastLine() {
        if (begunLength == 0) {
            return false;
        }
        give(begun, 0, begunLength);
        begunLength = 0;
        return true;
    }

    private void keep(Chunk now, int end) {
        int more = end - at;
        if (begunLength + more > LINE_MAX) {
            throw new UserError(ExitCode.FAILED, "a line of standard input is longer than MQTT allows, 256 MB");
        }
        if (begun.length < begunLength + more) {
            begun = Arrays.copyOf(begun, Math.max(2 * begunLength, begunLength + more));
        }
        System.arraycopy(now.octets, at, begun, begunLength, more);
        begunLength += more;
    }

    private void give(byte[] octets, int from, int count) {
        buffer = octets;
        offset = from;
        length = count;
    }

    /** {@return the array that holds the line} */
    byte[] buffer() {
        return buffer;
    }

    /** {@return where the line begins} */
    int offset() {
        return offset;
    }

    /** {@return octets of the line} */
    int length() {
        return length;
    }

    /** {@return a copy of the line} */
    byte[] copy() {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    /** {@return whether {@link #next} has given all lines} */
    boolean isEnded() {
        if (!readAll || chunk != null || !full.isEmpty() || begunLength > 0) {
            return false;
        }
        IOException reason = failure;
        if (reason != null) {
            throw new UserError(ExitCode.FAILED, "cannot read standard input: " + reason.getMessage());
        }
        return true;
    }
}

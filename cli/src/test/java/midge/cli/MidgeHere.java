package midge.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The {@code midge} command on a thread of this JVM: no start-up to wait for, so that many cases fit into a second. What it prints is
 * kept apart from that of others by thread.
 */
public final class MidgeHere implements AutoCloseable {
    private static final InheritableThreadLocal<MidgeHere> CURRENT = new InheritableThreadLocal<>();
    private static final PrintStream REAL_OUT = System.out;
    private static final PrintStream REAL_ERR = System.err;

    static {
        System.setOut(new PrintStream(new Split(REAL_OUT, false), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Split(REAL_ERR, true), true, StandardCharsets.UTF_8));
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Thread thread;
    private int exitCode = -1;

    private MidgeHere(String... arguments) {
        thread = new Thread(
                () -> {
                    CURRENT.set(this);
                    exitCode = Midge.commandLine()
                            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                            .execute(arguments);
                },
                "midge " + String.join(" ", arguments));
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a command line. */
    public static MidgeHere start(String... arguments) {
        return new MidgeHere(arguments);
    }

    /** Starts a command line whose words are separated by blanks. */
    public static MidgeHere words(String line) {
        return new MidgeHere(line.strip().split("\\s+"));
    }

    /** {@return the exit code} @throws AssertionError with what was printed when it does not end in time */
    public int exitCode(int withinMs) {
        try {
            thread.join(withinMs);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " still runs; it printed " + this);
        }
        return exitCode;
    }

    /** {@return the octets on standard output so far} */
    public byte[] octets() {
        return out.toByteArray();
    }

    /** {@return the lines on standard output so far} */
    public List<String> out() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** {@return the lines on standard error so far} */
    public List<String> err() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Waits for a line on either stream that contains {@code text}. */
    public void await(String text, int withinMs) {
        Predicate<String> fits = line -> line.contains(text);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        while (out().stream().noneMatch(fits) && err().stream().noneMatch(fits)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no '" + text + "' in " + this);
            }
            Thread.onSpinWait();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it does goes on, as a process that nobody waits for; the JVM's end ends it. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return out() + " " + err();
    }

    /** Hands octets to whoever's thread it is. */
    private static final class Split extends OutputStream {
        private final PrintStream real;
        private final boolean isError;

        Split(PrintStream real, boolean isError) {
            this.real = real;
            this.isError = isError;
        }

        private OutputStream target() {
            MidgeHere here = CURRENT.get();
            return here == null ? real : isError ? here.err : here.out;
        }

        @Override
        public void write(int octet) {
            byte[] one = {(byte) octet};
            write(one, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            OutputStream target = target();
            if (target instanceof ByteArrayOutputStream kept) {
                kept.write(octets, offset, length);
            } else {
                real.write(octets, offset, length);
            }
        }

        @Override
        public void flush() {
            if (target() == real) {
                real.flush();
            }
        }
    }
}

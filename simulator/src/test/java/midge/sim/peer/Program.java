package midge.sim.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running program of the machine, with what it has printed so far. Close kills it. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private Program(Process process) {
        this.process = process;
        outReader = reader(process.getInputStream(), out);
        errReader = reader(process.getErrorStream(), err);
    }

    private Thread reader(InputStream stream, List<String> into) {
        Thread reader = new Thread(() -> collect(stream, into), "output of a peer");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /** Starts a program. Put {@code stdbuf -oL} in front when it does not flush its lines. */
    public static Program start(List<String> command) {
        try {
            return new Program(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program. */
    public static Program start(String... command) {
        return start(List.of(command));
    }

    private void collect(InputStream stream, List<String> into) {
        try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    into.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException ignored) {
            // the program was killed: what it printed until then is here
        }
    }

    /** {@return what was printed so far to stdout} */
    public List<String> out() {
        synchronized (lines) {
            return new ArrayList<>(out);
        }
    }

    /** {@return what was printed so far to stderr} */
    public List<String> err() {
        synchronized (lines) {
            return new ArrayList<>(err);
        }
    }

    /** {@return its process id} */
    public long pid() {
        return process.pid();
    }

    /** {@return what was printed so far, both streams together} */
    public List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }

    /** Waits for {@code count} lines that fit. @throws AssertionError with the output when they do not come in time */
    public List<String> await(int count, Predicate<String> fits, int withinMs) {
        long endNs = System.nanoTime() + withinMs * 1_000_000L;
        synchronized (lines) {
            while (true) {
                List<String> found = lines.stream().filter(fits).toList();
                long leftMs = (endNs - System.nanoTime()) / 1_000_000;
                if (found.size() >= count) {
                    return found;
                }
                if (leftMs <= 0) {
                    throw new AssertionError("got " + found.size() + " of " + count + " lines; output: " + lines);
                }
                try {
                    lines.wait(Math.min(leftMs, 100));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /**
     * Waits for one line that contains {@code text}.
     *
     * @return the line
     */
    public String await(String text, int withinMs) {
        return await(1, line -> line.contains(text), withinMs).get(0);
    }

    /**
     * Waits for the end.
     *
     * @return the exit code.
     * @throws AssertionError with the output when it does not end in time
     */
    public int exitCode(int withinMs) {
        try {
            if (!process.waitFor(withinMs, TimeUnit.MILLISECONDS)) {
                close();
                throw new AssertionError("still running; output: " + lines());
            }
            outReader.join(withinMs);
            errReader.join(withinMs);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Kills it as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** {@return whether it runs} */
    public boolean isRunning() {
        return process.isAlive();
    }

    /**
     * Sends it a signal by the machine's kill command.
     *
     * @param signal such as {@code INT}
     */
    public void signal(String signal) {
        start("kill", "-" + signal, Long.toString(process.pid())).exitCode(5_000);
    }
}

package midge.cli.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program that runs beside the test, its output read line by line as it comes. */
final class Program implements AutoCloseable {
    private static final Path PROJECT = findProject();

    private final String name;
    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private Program(List<String> command) {
        name = String.join(" ", command);
        try {
            process = new ProcessBuilder(command).directory(PROJECT.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outReader = reader(process.getInputStream(), out);
        errReader = reader(process.getErrorStream(), err);
    }

    static Program start(String... command) {
        return new Program(List.of(command));
    }

    /** Starts {@code ./midge}, as a user would. */
    static Program midge(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROJECT.resolve("midge").toString()));
        command.addAll(List.of(arguments));
        return new Program(command);
    }

    /** @return the project's top folder */
    static Path project() {
        return PROJECT;
    }

    private static Path findProject() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("midge"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run below the project's folder");
            }
        }
        return folder;
    }

    private static Thread reader(InputStream stream, List<String> into) {
        Thread thread = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    synchronized (into) {
                        into.add(line);
                        into.notifyAll();
                    }
                }
            } catch (IOException e) {
                // the program ended while we read: what it said so far is what counts
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for a line on stdout. @return the first that {@code wanted} accepts */
    String awaitLine(Predicate<String> wanted, int seconds) {
        return await(out, wanted, seconds);
    }

    /** Waits for a line on stderr. @return the first that {@code wanted} accepts */
    String awaitErrorLine(Predicate<String> wanted, int seconds) {
        return await(err, wanted, seconds);
    }

    private String await(List<String> lines, Predicate<String> wanted, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int seen = 0;
        synchronized (lines) {
            for (; ; ) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (leftMs <= 0 || !process.isAlive() && seen == lines.size() && !outReader.isAlive()) {
                    throw new AssertionError("no such line from: " + name + "\nstdout: " + String.join("\n", out)
                            + "\nstderr: " + String.join("\n", err));
                }
                try {
                    lines.wait(Math.min(leftMs, 100));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Waits for the end. @return the exit code */
    int awaitEnd(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + seconds + " s: " + name + "\n" + allOutput());
            }
            outReader.join(5_000);
            errReader.join(5_000);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Presses Ctrl-C. */
    void interrupt() {
        signal("INT");
    }

    /** Sends a signal by its name. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<String> out() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    List<String> err() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    String allOutput() {
        return String.join("\n", out()) + "\n" + String.join("\n", err());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

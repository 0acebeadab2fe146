package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge pub -l} loses no line, counted by a subscriber of Mosquitto's. {@code benchmarks/README.md} has the test of 2,000,000. */
class PubLinesIT {
    private static final String PAUSE = "pause";

    @TempDir
    private Path folder;

    private Mosquitto broker;

    @BeforeEach
    void start() {
        Peers.require("mosquitto_sub", "mosquitto-clients");
        broker = Mosquitto.savingAtTheEnd(folder);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** 200,000 is more than there are packet identifiers; mosquitto_pub -l loses most of what exceeds 65,535. */
    @ParameterizedTest(name = "{1} lines by {0}")
    @CsvSource({
        "-V mqttv311 -q 1, 200000",
        "-V mqttv311 -q 0, 20000",
        "-V mqttv311 -q 2, 20000",
        "-V mqttv5 -q 0, 20000",
        "-V mqttv5 -q 1, 20000",
        "-V mqttv5 -q 2, 20000",
        "-V mqttv31 -q 2, 20000"
    })
    void everyLineArrivesOnceAndInOrder(String options, int count) throws IOException {
        Path lines = lines("lines", 0, count);
        try (Program watcher = watcher(count)) {
            try (Program pub = pub("cat '" + lines + "'", options)) {
                assertThat(pub.exitCode(120_000)).as(pub.lines().toString()).isZero();
                assertThat(pub.lines()).isEmpty();
            }
            assertThat(watcher.exitCode(60_000)).isZero();
        }
        assertThat(folder.resolve("seen")).hasSameBinaryContentAs(lines);
    }

    @ParameterizedTest(name = "by {0}")
    @CsvSource({"-V mqttv311 -q 1", "-V mqttv311 -q 2", "-V mqttv5 -q 2"})
    void everyLineArrivesWhenTheBrokerWasAwayMeanwhile(String options) throws IOException {
        Path first = lines("first", 0, 3_000);
        Path second = lines("second", 3_000, 6_000);
        Path go = folder.resolve("go");
        String source = "(cat '%s'; while [ ! -e '%s' ]; do sleep 0.1; done; cat '%s')".formatted(first, go, second);
        try (Program watcher = watcher(1_000_000);
                Program pub = pub(source, options)) {
            awaitLine("line 2999");
            settle();
            broker.stop();
            Files.createFile(go);
            pub.await("connection lost", 10_000);
            broker.start();
            assertThat(pub.exitCode(60_000)).as(pub.lines().toString()).isZero();
            awaitLine("line 5999");
            assertThat(watcher.isRunning()).isTrue();
        }
        List<String> both = new ArrayList<>(Files.readAllLines(first));
        both.addAll(Files.readAllLines(second));
        List<String> seen = Files.readAllLines(folder.resolve("seen"));
        seen.removeIf(PAUSE::equals);
        // At QoS 1 what was not confirmed when the broker went may come twice.
        assertThat(options.endsWith("1") ? List.copyOf(new LinkedHashSet<>(seen)) : seen)
                .isEqualTo(both);
    }

    @Test
    void aLineThatTheBrokerDoesNotTakeMakesTheExitCode() throws IOException {
        Path lines = folder.resolve("lines");
        Files.writeString(lines, "short\n" + "long ".repeat(30_000) + "\nshort again\n");
        try (Program watcher = watcher(2);
                Program pub = pub("cat '" + lines + "'", "-V mqttv5 -q 1")) {
            assertThat(pub.exitCode(20_000)).isEqualTo(1);
            assertThat(pub.err()).singleElement().asString().contains("1 of 3 lines did not arrive", "150000 octets");
            assertThat(watcher.exitCode(10_000)).isZero();
        }
        assertThat(folder.resolve("seen")).hasContent("short\nshort again\n");
    }

    private Path lines(String name, int from, int to) throws IOException {
        Path file = folder.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = from; i < to; i++) {
                out.write("line " + i + (i % 1_000 == 7 ? " long".repeat(1_000) : ""));
                out.write('\n');
            }
        }
        return file;
    }

    /** Writes what it receives to the file "seen", and keeps its session when the broker goes. */
    private Program watcher(int count) {
        String command = "exec mosquitto_sub -h 127.0.0.1 -p " + broker.port() + " -i watcher -c -t lines -q 2 -C "
                + count + " > '" + folder.resolve("seen") + "'";
        Program watcher = Program.start("sh", "-c", command);
        broker.awaitSubscription("lines", 2);
        return watcher;
    }

    private Program pub(String source, String options) {
        String command = source + " | '" + MidgeProgram.path() + "' pub -h 127.0.0.1 -p " + broker.port()
                + " -t lines -l " + options;
        return Program.start("sh", "-c", command);
    }

    /**
     * Returns when the broker has the watcher's last PUBCOMP. Of exchanges that are open when it ends, Mosquitto resumes no more than its
     * window holds and begins the others anew, which the watcher would print twice.
     */
    private void settle() throws IOException {
        for (int i = 1; i <= 2; i++) {
            broker.pub("-t", "lines", "-m", PAUSE);
            awaitLine((PAUSE + "\n").repeat(i).strip());
        }
    }

    private void awaitLine(String line) throws IOException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!Files.readString(folder.resolve("seen")).contains(line + "\n")) {
            assertThat(System.nanoTime()).as("time to see " + line).isLessThan(end);
        }
    }
}

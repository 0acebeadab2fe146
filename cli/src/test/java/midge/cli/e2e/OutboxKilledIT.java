package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./midge device} takes a thousand readings while it reaches no broker, and delivers them when it does; in all that time it is killed by
 * {@code kill -9} fifty times at random. Every reading that it had stored arrives once, in order, with the time at which it was taken.
 */
class OutboxKilledIT {
    private static final int READINGS = 1_000;
    private static final int KILLS_OFFLINE = 25;
    private static final int KILLS_ONLINE = 25;
    private static final int PATIENCE_MS = 60_000;
    private static final int OUTBOX = 2_000;
    private static final String STORED = "stored outbox/n ";
    /** Between the counters of two lives, so that a reading that was stored and not told is not taken for another. */
    private static final int FAR_APART = 10_000;

    private static final String DEVICE = """
            [device]
            name = "outbox"
            board = "sim"
            topic = "outbox"
            [link]
            over = "mqtt://127.0.0.1"
            [publish]
            payload = "json"
            qos = 2
            retain = false
            [outbox]
            folder = "kept"
            messages = %d
            drain_s = 0
            [[sensor]]
            name = "n"
            kind = "counter"
            every_s = 0.001
            """.formatted(OUTBOX);

    @TempDir
    private Path folder;

    private Path file;

    private final Random random = new Random(0x0B0C5);
    /** Readings that the device called stored, in order. */
    private final List<String> stored = new ArrayList<>();

    private Program device(int port, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("device", "--config", file.toString(), "--verbose", "--over", "mqtt://127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        return MidgeProgram.start(arguments.toArray(String[]::new));
    }

    private void countFrom(int first) {
        try {
            Files.writeString(file, DEVICE + "first = " + first + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyStoredReadingArrivesOnceInOrderWithItsTime() {
        file = folder.resolve("device.toml");
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program watcher = Program.start(
                        Peers.require("mosquitto_sub", "mosquitto-clients"),
                        "-p",
                        "" + broker.port(),
                        "-q",
                        "2",
                        "-t",
                        "outbox/n")) {
            broker.awaitSubscription("outbox/n", 2);
            takeReadings();
            deliver(broker.port());
            watcher.await(stored.get(stored.size() - 1), PATIENCE_MS); // in order, hence the last
            judge(watcher.out().stream().filter(line -> line.startsWith("{")).toList());
        }
    }

    /** Kills the device after a random number of readings, again and again; lets it live at last until there are a thousand. */
    private void takeReadings() {
        int nowhere = Mosquitto.freePort();
        for (int life = 0; life < KILLS_OFFLINE; life++) {
            int left = Math.max(1, READINGS - stored.size());
            int wanted = random.nextInt(1 + 2 * left / (KILLS_OFFLINE + 1 - life));
            countFrom(life * FAR_APART);
            try (Program device = device(nowhere)) {
                device.await(wanted, line -> line.startsWith(STORED), PATIENCE_MS);
                LockSupport.parkNanos(random.nextInt(wanted == 0 ? 300 : 5) * 1_000_000L);
                kill(device);
                note(device);
            }
        }
        countFrom(KILLS_OFFLINE * FAR_APART);
        try (Program device = device(nowhere)) {
            device.await(Math.max(1, READINGS - stored.size()), line -> line.startsWith(STORED), PATIENCE_MS);
            device.signal("INT");
            assertThat(device.exitCode(PATIENCE_MS))
                    .as(device.lines()::toString)
                    .isEqualTo(130);
            note(device);
        }
        assertThat(stored).hasSizeBetween(READINGS, OUTBOX).doesNotHaveDuplicates();
    }

    private static void kill(Program device) {
        device.signal("KILL");
        device.exitCode(PATIENCE_MS);
    }

    private void note(Program device) {
        for (String line : device.lines()) {
            if (line.startsWith(STORED) && line.endsWith("}")) {
                stored.add(line.substring(STORED.length()));
            }
        }
    }

    /** Kills the device soon after it has connected, again and again; lets it live at last until all is delivered. */
    private void deliver(int port) {
        for (int kills = 0; kills < KILLS_ONLINE; kills++) {
            try (Program device = device(port, "--drain")) {
                device.await("connected to", PATIENCE_MS);
                LockSupport.parkNanos(random.nextInt(30) * 1_000_000L);
                kill(device);
                assertThat(device.lines()).noneMatch(line -> line.startsWith(STORED));
            }
        }
        try (Program device = device(port, "--drain")) {
            assertThat(device.exitCode(PATIENCE_MS))
                    .as(device.lines()::toString)
                    .isZero();
            assertThat(device.lines()).last().asString().contains(" 0 waiting");
        }
    }

    /** A reading may have been stored in the instant before a kill, without its line: one at the end of each life at most. */
    private void judge(List<String> arrived) {
        assertThat(arrived).doesNotHaveDuplicates().containsSubsequence(stored);
        assertThat(arrived.size() - stored.size()).isBetween(0, KILLS_OFFLINE);
        long before = 0;
        for (String reading : arrived) {
            long ts = Long.parseLong(reading.substring(reading.indexOf("\"ts\":") + 5, reading.indexOf(',')));
            assertThat(ts).isGreaterThanOrEqualTo(before);
            before = ts;
        }
    }
}

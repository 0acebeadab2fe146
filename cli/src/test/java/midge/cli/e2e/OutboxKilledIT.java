package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
 * A device takes a thousand readings while it reaches no broker, and delivers them when it does; in all that time it is killed, as by
 * {@code kill -9}, fifty times at random. Every reading that it had stored arrives once, in order, with the time at which it was taken.
 */
class OutboxKilledIT {
    private static final int VERSION = 4;
    private static final int READINGS = 1_000;
    private static final int KILLS_OFFLINE = 25;
    private static final int KILLS_ONLINE = 25;
    private static final int PATIENCE_MS = 60_000;
    private static final String STORED = "stored ";
    /** Between the counters of two lives, so that a reading that was stored and not told is not taken for another. */
    private static final int FAR_APART = 10_000;

    @TempDir
    private Path folder;

    private final Random random = new Random(0x0B0C5);
    /** Readings that the device called stored, in order. */
    private final List<String> stored = new ArrayList<>();

    private Program device(int port, int first, int readings) {
        return Program.start(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OutboxDevice.class.getName(),
                folder.toString(),
                "" + port,
                "" + VERSION,
                "" + first,
                "" + readings);
    }

    @Test
    void everyStoredReadingArrivesOnceInOrderWithItsTime() {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program watcher = Program.start(
                        Peers.require("mosquitto_sub", "mosquitto-clients"),
                        "-p",
                        "" + broker.port(),
                        "-q",
                        "2",
                        "-t",
                        "outbox/#")) {
            broker.awaitSubscription("outbox/#", 2);
            takeReadings();
            deliver(broker.port());
            List<String> arrived = watcher.await(stored.size(), line -> line.startsWith("{"), PATIENCE_MS);
            judge(arrived);
        }
    }

    /** Kills the device after a random number of readings, again and again; lets it live at last until there are a thousand. */
    private void takeReadings() {
        int nowhere = Mosquitto.freePort();
        for (int life = 0; life < KILLS_OFFLINE; life++) {
            int left = Math.max(1, READINGS - stored.size());
            int wanted = random.nextInt(1 + 2 * left / (KILLS_OFFLINE + 1 - life));
            try (Program device = device(nowhere, life * FAR_APART, FAR_APART)) {
                device.await(wanted, line -> line.startsWith(STORED), PATIENCE_MS);
                LockSupport.parkNanos(random.nextInt(wanted == 0 ? 300 : 5) * 1_000_000L);
                kill(device);
                note(device);
            }
        }
        int left = Math.max(1, READINGS - stored.size());
        try (Program device = device(nowhere, KILLS_OFFLINE * FAR_APART, left)) {
            assertThat(device.exitCode(PATIENCE_MS))
                    .as(device.lines()::toString)
                    .isZero();
            note(device);
        }
        assertThat(stored).hasSizeGreaterThanOrEqualTo(READINGS).doesNotHaveDuplicates();
    }

    private static void kill(Program device) {
        device.close();
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
            try (Program device = device(port, 0, 0)) {
                device.await("connected", PATIENCE_MS);
                LockSupport.parkNanos(random.nextInt(30) * 1_000_000L);
                kill(device);
                assertThat(device.lines()).containsExactly("connected");
            }
        }
        try (Program device = device(port, 0, 0)) {
            assertThat(device.exitCode(PATIENCE_MS))
                    .as(device.lines()::toString)
                    .isZero();
            assertThat(device.lines()).containsExactly("connected", "empty");
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

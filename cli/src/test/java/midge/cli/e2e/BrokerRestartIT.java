package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away and comes back under load: the gateway reconnects, the devices go on, nothing acknowledged is lost. */
class BrokerRestartIT {
    private static final int RESTARTS = 4;

    @Test
    void nothingAcknowledgedIsLostWhenTheBrokerIsKilledAndStartedAgain(@TempDir Path folder) {
        try (Mosquitto broker = new Mosquitto(folder);
                Program demo = MidgeProgram.start("demo", "--broker", broker.uri(), "--loss", "0.1", "--seed", "11")) {
            demo.await("See for yourself", 60_000);
            int seen = 0;
            for (int i = 0; i < RESTARTS; i++) {
                seen = awaitMoreReadings(demo, seen, 10);
                if (i % 2 == 0) {
                    broker.kill();
                } else {
                    broker.stop();
                }
                pause(1_500);
                broker.start();
            }
            awaitMoreReadings(demo, seen, 40);
            demo.signal("INT");
            assertThat(demo.exitCode(30_000)).isEqualTo(130);
            String summary = demo.out().stream()
                    .filter(l -> l.startsWith("sent "))
                    .findFirst()
                    .orElse("no summary");
            assertThat(summary).contains("lost 0 at QoS 1 and 2");
            assertThat(number(summary, "delivered")).as(summary).isGreaterThan(60);
            assertThat(demo.err()).as("complaints").noneMatch(line -> line.contains("\tat "));
            assertThat(devicesIn(
                            readingLines(demo).subList(seen, readingLines(demo).size())))
                    .as("devices heard of after the last restart")
                    .contains("greenhouse", "attic", "pump", "valve", "hall", "window");
        }
    }

    private static int awaitMoreReadings(Program demo, int seen, int more) {
        return demo.await(seen + more, BrokerRestartIT::isReading, 60_000).size();
    }

    private static boolean isReading(String line) {
        return line.contains("  QoS ");
    }

    private static List<String> readingLines(Program demo) {
        return demo.out().stream().filter(BrokerRestartIT::isReading).toList();
    }

    private static List<String> devicesIn(List<String> readings) {
        return readings.stream().map(line -> line.split("\\s+")[1]).distinct().toList();
    }

    private static int number(String summary, String what) {
        Matcher matcher = Pattern.compile(what + " (\\d+)").matcher(summary);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** The time that the broker is away; what is tested must not depend on it. */
    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

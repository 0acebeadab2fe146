package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;

/** {@code midge demo} as its user meets it. */
class DemoCommandIT {
    private static final int START_MS = 30_000;
    private static final Pattern SUMMARY = Pattern.compile(
            "sent (\\d+), delivered (\\d+), retransmitted \\d+, duplicated \\d+, lost 0 at QoS 1 and 2, \\d+ at QoS 0");

    @Test
    void takesTheNextFreePortAndSaysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            try {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1883));
            } catch (BindException e) {
                // somebody else has it, which is as good
            }
            try (Program demo = MidgeProgram.start("demo", "--duration", "1s", "--quiet")) {
                String told = demo.await("port 1883 is taken", START_MS);
                Matcher port = Pattern.compile("uses (\\d+)").matcher(told);
                assertThat(port.find()).as(told).isTrue();
                assertThat(Integer.parseInt(port.group(1))).isBetween(1884, 1982);
                assertThat(demo.await("mosquitto_sub", START_MS)).contains("-p " + port.group(1));
                assertThat(demo.exitCode(START_MS)).isZero();
            }
        }
    }

    @Test
    void endsByItselfWithTheSummary() {
        try (Program demo = MidgeProgram.start("demo", "--duration", "3s", "--quiet", "--seed", "5")) {
            assertThat(demo.exitCode(START_MS)).as(demo.lines().toString()).isZero();
            assertThat(demo.err()).isEmpty();
            assertThat(demo.out()).anyMatch(line -> line.contains("(seed 5)"));
            assertThat(demo.out()).last().asString().matches(SUMMARY);
            assertThat(demo.out()).as("readings").noneMatch(line -> line.contains("QoS 1  "));
            assertThat(demo.out()).hasSizeLessThan(16);
        }
    }

    @Test
    void endsOnCtrlCWithTheSummary() {
        try (Program demo = MidgeProgram.start("demo")) {
            demo.await(5, line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  .*  QoS [012]"), START_MS);
            demo.signal("INT");
            assertThat(demo.exitCode(START_MS)).isEqualTo(130);
            assertThat(demo.err()).isEmpty();
            Matcher summary = SUMMARY.matcher(demo.out().stream()
                    .filter(line -> line.startsWith("sent "))
                    .findFirst()
                    .orElse(""));
            assertThat(summary.matches()).as(demo.out().toString()).isTrue();
            assertThat(Integer.parseInt(summary.group(1))).isGreaterThanOrEqualTo(5);
            assertThat(Integer.parseInt(summary.group(2))).isGreaterThanOrEqualTo(5);
        }
    }
}

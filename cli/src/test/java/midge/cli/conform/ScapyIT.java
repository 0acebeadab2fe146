package midge.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.cli.e2e.MidgeProgram;
import midge.cli.e2e.Mosquitto;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that no one here wrote: scapy's MQTT-SN messages drive a session through the gateway, and scapy reads every answer. */
class ScapyIT {
    private static final String PYTHON = "/usr/bin/python3"; // Debian's, which has Debian's packages
    private static final int PATIENCE_MS = 60_000;

    @Test
    void scapyUnderstandsTheGatewayAndIsUnderstood(@TempDir Path folder) throws IOException {
        requireScapy();
        Path script = folder.resolve("scapy_session.py");
        try (InputStream source = getClass().getResourceAsStream("scapy_session.py")) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        }
        try (Mosquitto broker = Mosquitto.inMemory(folder, "");
                FarSide farSide = new FarSide(broker.port());
                Program gateway =
                        MidgeProgram.start("gateway", "--listen", "udp://127.0.0.1:0", "--broker", broker.uri())) {
            Matcher line = Pattern.compile("MQTT-SN on udp://127\\.0\\.0\\.1:(\\d+)")
                    .matcher(gateway.await("MQTT-SN on", PATIENCE_MS));
            assertThat(line.find()).isTrue();
            Mailbox mailbox = farSide.mailbox("scapy");
            try (Program scapy = Program.start(PYTHON, script.toString(), line.group(1))) {
                scapy.await("subscribed", PATIENCE_MS);
                farSide.publish(new Message("scapy/down/1", 1, false, "one"));
                farSide.publish(new Message("scapy/down/1", 2, false, "two"));
                assertThat(scapy.exitCode(PATIENCE_MS))
                        .as(scapy.lines()::toString)
                        .isZero();
                assertThat(scapy.out()).last().isEqualTo("done");
            }
            for (int qos = 0; qos <= 2; qos++) {
                Message message = new Message("scapy/up", qos, qos == 2, "at " + qos);
                assertThat(mailbox.await(message, PATIENCE_MS))
                        .as(message.toString())
                        .isTrue();
            }
            assertThat(mailbox.leftovers(true)).isEmpty();
        }
    }

    private static void requireScapy() {
        try (Program probe = Program.start(PYTHON, "-c", "import scapy.contrib.mqttsn")) {
            boolean there = probe.exitCode(PATIENCE_MS) == 0;
            String missing = "scapy is missing: apt-get install python3-scapy";
            if (!there && "true".equals(System.getenv("CI"))) {
                throw new AssertionError(missing);
            }
            if (!there) {
                System.err.println("SKIPPED " + missing);
            }
            Assumptions.assumeTrue(there, missing);
        }
    }
}

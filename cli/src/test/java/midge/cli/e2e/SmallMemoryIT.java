package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.board.jvm.TcpLink;
import midge.hal.Hal;
import midge.mqtt.client.MqttClient;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of a device, on {@code mqtt-lite} and {@code boards/jvm} alone, lives in a JVM with next to no memory. */
class SmallMemoryIT {
    @TempDir
    private Path folder;

    /** A collector that never collects: what one message left behind would be there a million times. */
    @Test
    void aMillionMessagesAtQos1NeedNoCollector() {
        publishes(1_000_000, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xlog:disable", "-Xmx8m");
    }

    /** With the collector of small machines: G1, the default on larger ones, does not even start in so little. */
    @Test
    void tenThousandMessagesAtQos1NeedTwoMegabytes() {
        publishes(10_000, "-XX:+UseSerialGC", "-Xmx2m");
    }

    private void publishes(int messages, String... options) {
        Peers.require("mosquitto_sub", "mosquitto-clients");
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(options));
        String classes = String.join(
                ":", home(SmallProgram.class), home(MqttClient.class), home(TcpLink.class), home(Hal.class));
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program counter = counter(broker, messages)) {
            broker.awaitSubscription("small/#", 1);
            command.addAll(List.of("-cp", classes, SmallProgram.class.getName(), "" + broker.port(), "" + messages));
            try (Program small = Program.start(command)) {
                assertThat(small.exitCode(300_000)).as(small.lines().toString()).isZero();
                assertThat(small.lines()).containsExactly("" + messages);
            }
            assertThat(counter.exitCode(60_000)).isZero();
            assertThat(counter.out()).containsExactly("" + messages);
        }
    }

    private static Program counter(Mosquitto broker, int messages) {
        String command = "mosquitto_sub -h 127.0.0.1 -p " + broker.port() + " -t 'small/#' -q 1 -C " + messages
                + " | wc -l | tr -d ' '";
        return Program.start("sh", "-c", command);
    }

    /** {@return the folder or jar of a class} */
    private static String home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}

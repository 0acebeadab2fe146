package midge.board.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** midge-node, a static program without a JVM, at our gateway with Mosquitto behind. */
class NodeTest {
    private static final int READINGS = 1_000;
    private static final int SOON_MS = 60_000;

    @TempDir
    private static Path folder;

    private static House house;

    @BeforeAll
    static void start() throws IOException {
        Peers.require("gcc", "gcc");
        house = new House(folder);
    }

    @AfterAll
    static void stop() {
        if (house != null) {
            house.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm"})
    void aThousandReadingsArriveAndACommandComesBack(String machine) {
        String name = "node-" + machine;
        try (Program watcher = house.subscribe(name + "/#");
                Program node = node(machine, "-i", name, "-t", name, "-p", "2")) {
            List<String> readings = watcher.await(READINGS, line -> line.startsWith(name + "/t "), SOON_MS);
            List<String> expected = IntStream.range(2_000, 2_000 + READINGS)
                    .mapToObj(i -> "%s/t %d.%02d".formatted(name, i / 100, i % 100))
                    .toList();
            assertThat(readings.subList(0, READINGS)).isEqualTo(expected);
            house.publish(name + "/led/set", "on");
            node.await("led on", SOON_MS);
            watcher.await(name + "/led 1", SOON_MS);
            node.signal("INT");
            assertThat(node.exitCode(SOON_MS)).isZero();
            assertThat(node.out()).containsExactly("connected", "led on", "disconnected");
        }
    }

    @Test
    void aFileOfTheSystemIsAThermometerAndCountEndsTheProgram() throws IOException {
        Path file = Files.writeString(folder.resolve("temp"), "-5250\n");
        try (Program watcher = house.subscribe("attic/t");
                Program node = node("x86_64", "-i", "f", "-t", "attic", "-p", "5", "-s", file.toString(), "-n", "3")) {
            assertThat(node.exitCode(SOON_MS)).isZero();
            watcher.await("attic/t -5.25", SOON_MS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-p 0            | 2 | midge-node: 0 is no period: 1 to 86400000 milliseconds",
                "--period        | 2 | midge-node: --period wants a value",
                "--loud yes      | 2 | midge-node: --loud is no option; --help lists them",
                "-g 10.0.0.1:0   | 2 | midge-node: 10.0.0.1:0 has no port from 1 to 65535 behind its colon",
                "-g gateway.lan  | 2 | midge-node: gateway.lan is no numeric address, such as 192.168.1.5 or ::1",
                "-g [::1]:x      | 2 | midge-node: [::1]:x has no port from 1 to 65535 behind its colon",
                "-t a/+          | 2 | midge-node: a/+ is no topic: 1 to 40 octets without + and #",
                "-q 3            | 2 | midge-node: 3 is no QoS: 0, 1 or 2",
                "-s /none/temp   | 1 | midge-node: /none/temp cannot be read or has no whole number in its first line; "
                        + "ls /sys/class/thermal /sys/class/hwmon",
            })
    void aMistakeIsOneLineThatSaysWhatIsRight(String words, int exitCode, String line) {
        try (Program node = node("x86_64", words.strip().split(" "))) {
            assertThat(node.exitCode(SOON_MS)).isEqualTo(exitCode);
            assertThat(node.err()).containsExactly(line);
            assertThat(node.out()).isEmpty();
        }
    }

    @Test
    void helpIsPrintedAndIsNoFailure() {
        try (Program node = node("x86_64", "--help")) {
            assertThat(node.exitCode(SOON_MS)).isZero();
            assertThat(node.out().get(0)).isEqualTo("Usage: midge-node [OPTIONS]");
        }
    }

    private static Program node(String machine, String... words) {
        List<String> command = new ArrayList<>();
        if (machine.equals("arm")) {
            Peers.require("arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf");
            command.add(Peers.require("qemu-arm-static", "qemu-user-static"));
        }
        command.add("target/" + machine + "/midge-node");
        command.addAll(List.of("-g", "127.0.0.1:" + house.gateway().getPort()));
        command.addAll(List.of(words));
        return Program.start(command);
    }
}

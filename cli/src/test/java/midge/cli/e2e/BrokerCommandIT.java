package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code midge broker} as a process, with Mosquitto's clients. */
class BrokerCommandIT {
    private static final int START_MS = 60_000;
    private static final int CTRL_C = 130;

    @TempDir
    private Path folder;

    private static Program broker(String... options) {
        List<String> command = new ArrayList<>(List.of("broker", "--port", "0"));
        command.addAll(List.of(options));
        return MidgeProgram.start(command.toArray(String[]::new));
    }

    private static String port(Program broker) {
        String line = broker.await("broker at mqtt://localhost:", START_MS);
        return line.substring(line.lastIndexOf(':') + 1);
    }

    private static Program client(String name, String port, String... arguments) {
        List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", Peers.require(name, "mosquitto-clients")));
        command.addAll(List.of("-h", "127.0.0.1", "-p", port));
        command.addAll(List.of(arguments));
        return Program.start(command);
    }

    private static int publish(String port, String... arguments) {
        try (Program pub = client("mosquitto_pub", port, arguments)) {
            return pub.exitCode(Tools.PATIENCE_MS);
        }
    }

    @Test
    void servesWhoeverIsOnThisMachineUntilCtrlC() {
        try (Program broker = broker("--ws", "0", "-v")) {
            String port = port(broker);
            broker.await("broker at ws://localhost:", START_MS);
            assertThat(publish(port, "-t", "b/kept", "-r", "-q", "1", "-m", "21.5", "-V", "mqttv31"))
                    .isZero();
            try (Program sub = client("mosquitto_sub", port, "-t", "b/#", "-q", "2", "-V", "mqttv5", "-v")) {
                sub.await("b/kept 21.5", Tools.PATIENCE_MS);
                assertThat(publish(port, "-t", "b/live", "-q", "2", "-m", "22", "-V", "mqttv311"))
                        .isZero();
                sub.await("b/live 22", Tools.PATIENCE_MS);
                broker.await("-> b/live qos 2, 2 octets", Tools.PATIENCE_MS);
                broker.signal("INT");
                assertThat(broker.exitCode(Tools.PATIENCE_MS)).isEqualTo(CTRL_C);
            }
            assertThat(broker.out()).last().isEqualTo("connections 3, broken 0");
            assertThat(broker.err()).isEmpty();
            assertThat(publish(port, "-t", "b/late", "-m", "x")).isNotZero();
        }
    }

    @Test
    void letsOnlyThoseOfThePasswordFileInFromAnywhere() throws IOException {
        Path file = Files.writeString(folder.resolve("passwords"), "ann:se:cret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (Program broker = broker("--password-file", file.toString())) {
            String port = port(broker);
            assertThat(publish(port, "-t", "b", "-m", "x")).isNotZero();
            assertThat(publish(port, "-t", "b", "-m", "x", "-u", "ann", "-P", "secret"))
                    .isNotZero();
            assertThat(publish(port, "-t", "b", "-m", "x", "-u", "ann", "-P", "se:cret", "-q", "1"))
                    .isZero();
        }
    }

    @Test
    void letsNobodyInWithoutAPasswordFromOtherMachines() {
        try (Program broker = broker("--bind", "0.0.0.0")) {
            assertThat(broker.exitCode(START_MS)).isEqualTo(2);
            assertThat(broker.err())
                    .containsExactly(
                            "midge: anonymous clients are let in on loopback only; add --password-file for --bind 0.0.0.0");
        }
    }
}

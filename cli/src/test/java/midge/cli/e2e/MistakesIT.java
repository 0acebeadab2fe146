package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's mistake is one line that says what to do, an exit code, and never a stack trace. */
class MistakesIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demoo                                            | 2 | Did you mean demo?",
                "gateway --listne udp://127.0.0.1:0               | 2 | Did you mean --listen?",
                "gateway --listen tcp://127.0.0.1:1               | 2 | expected udp://host:port",
                "gateway --listen udp://127.0.0.1:70000           | 2 | port 70000",
                "gateway --predefined x=y                         | 2 | --predefined takes ID=TOPIC",
                "gateway --predefined 1=a/#                       | 2 | is no topic name",
                "gateway --gateway-id 300                         | 2 | gatewayId is 300, must be 0..255",
                "gateway --password-file nowhere                  | 2 | --password-file needs --user",
                "gateway --user u --password-file nowhere         | 2 | there is no password file nowhere",
                "gateway --broker mqtt://127.0.0.1:1              | 3 | does not answer",
                "gateway --broker mqtt://no-such-host.invalid     | 1 | no address is known for host",
            })
    void isExplainedInOneLine(String arguments, int exitCode, String expected) {
        try (Program midge = MidgeProgram.start(arguments.strip().split("\\s+"))) {
            assertThat(midge.exitCode(30_000)).isEqualTo(exitCode);
            assertThat(midge.out()).isEmpty();
            assertThat(midge.err()).first().asString().startsWith("midge: ").contains(expected);
            assertThat(midge.err()).hasSizeLessThanOrEqualTo(2).noneMatch(line -> line.contains("\tat "));
        }
    }

    @Test
    void aUdpPortInUseIsToldWithTheWayOut() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Program midge = MidgeProgram.start(
                        "gateway",
                        "--broker",
                        "mqtt://127.0.0.1:" + broker.getLocalPort(),
                        "--listen",
                        "udp://127.0.0.1:" + taken.getLocalPort())) {
            assertThat(midge.exitCode(30_000)).isEqualTo(1);
            assertThat(midge.err())
                    .singleElement()
                    .asString()
                    .contains("cannot listen on udp://127.0.0.1:" + taken.getLocalPort(), "in use", "choose another");
        }
    }
}

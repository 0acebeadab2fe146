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
            quoteCharacter = '"',
            value = {
                "demoo                                            | 2 | Did you mean demo",
                "gateway --listne udp://127.0.0.1:0               | 2 | Did you mean --listen?",
                "gateway --listen tcp://127.0.0.1:1               | 2 | expected dtls, udp://host:port",
                "gateway --listen udp://127.0.0.1:70000           | 2 | port 70000",
                "gateway --predefined x=y                         | 2 | --predefined takes ID=TOPIC",
                "gateway --predefined 1=a/#                       | 2 | is no topic name",
                "gateway --gateway-id 300                         | 2 | gatewayId is 300, must be 0..255",
                "gateway --password-file nowhere                  | 2 | --password-file needs --user",
                "gateway --user u --password-file nowhere         | 2 | there is no password file nowhere",
                "gateway --http 0.0.0.0:80                        | 2 | only a loopback address is served",
                "gateway --broker mqtt://127.0.0.1:1              | 3 | does not answer",
                "gateway --broker mqtt://no-such-host.invalid     | 3 | no address is known for host",
                "pub -m x                                         | 2 | Missing required option: '--topic=TOPIC'",
                "pub -t a                                         | 2 | Missing required argument (specify one of"
                        + " these)",
                "pub -t a -m x -n                                 | 2 | midge: --message=TEXT, --null-message are"
                        + " mutually",
                "pub -t a -m x --topic-type foo                   | 2 | 'foo': it is name, short or predefined",
                "pub -t a -m x -q 3                               | 2 | -q is 3, must be 0, 1 or 2",
                "pub -t a -m x -q -1                              | 2 | -q is -1, must be 0, 1 or 2",
                "pub -t a -m x -q one                             | 2 | '--qos': 'one' is not an int",
                "pub -t 7 -m x --topic-type predefined            | 2 | predefined needs --sn",
                "pub --sn tcp://127.0.0.1:9 -t a -m x             | 2 | expected dtls://host:port or udp://host:port",
                "pub --sn udp://127.0.0.1:9 -t a -m x -h h        | 2 | -h names an MQTT broker; with --sn",
                "pub --sn udp://127.0.0.1:9 -t a -m x -u me       | 2 | -u means nothing with --sn: MQTT-SN 1.2 has no"
                        + " user",
                "pub --sn udp://127.0.0.1:9 -t a -m x -V 5        | 2 | -V means nothing with --sn",
                "pub --sn udp://127.0.0.1:9 -t a -m x --will-qos 1 | 2 | need --will-topic",
                "pub --sn udp://127.0.0.1:9 -t a -m x --retry 0   | 2 | --retry is 0.0, must be 0.1..60",
                "pub --sn udp://127.0.0.1:9 -t a -m x --predefined 1 | 2 | --predefined takes ID=TOPIC",
                "pub --sn udp+multicast://1.2.3.4:5 -t a -m x     | 2 | '1.2.3.4' is no multicast group",
                "pub --sn --sn udp://127.0.0.1:9 -t a -m x        | 2 | either names gateways or searches in one group",
                "pub -t a -m x --predefined 1=a                   | 2 | --predefined needs --sn",
                "pub --sn udp://[::1]:9 --retry 0.1 -t a -m x     | 1 | no answer from the gateway at udp://[",
                "pub --sn udp://127.0.0.1:9 -t a -m x -q 3        | 2 | -q is 3, must be -1, 0, 1 or 2",
                "pub --sn udp://127.0.0.1:9 -t abc -m x -q -1     | 2 | QoS -1 takes a short topic of two octets",
                "pub --topic-type short -t abc -m x               | 2 | exactly two octets, 'abc' has 3",
                "pub --topic-type predefined -t x -m x            | 2 | an id in 1..65534, 'x' is not",
                "pub -t a/# -m x                                  | 2 | 'a/#' is no topic name to publish to",
                "pub -t a -f nowhere                              | 2 | there is no file nowhere",
                "pub -t a -f .                                    | 1 | cannot read the payload",
                "pub -t a -m x --psk 1234                         | 2 | --psk and --psk-identity need a gateway, --sn dtls://host:port",
                "pub --sn dtls://127.0.0.1:9 -t a -m x            | 2 | dtls:// needs --psk-identity and --psk, or --cafile",
                "pub --sn dtls://127.0.0.1:9 --psk 00 -t a -m x   | 2 | --psk and --psk-identity go together",
                "pub --sn dtls://127.0.0.1:9 --psk xy --psk-identity a -t a -m x | 2 | --psk is no key in hex",
                "pub --sn dtls://127.0.0.1:9 --psk 00 --psk-identity a -t a -m x | 2 | the key has 1 octets, must be 16..64",
                "pub --sn udp://127.0.0.1:9 --cafile f -t a -m x  | 2 | --cafile needs a gateway at dtls://",
                "pub --sn udp://127.0.0.1:9 --sn dtls://127.0.0.1:9 -t a -m x | 2 | either all gateways are at dtls:// or none",
                "gateway --listen dtls://127.0.0.1:0              | 2 | dtls:// needs dtls.psk_file",
                "gateway --listen dtls://127.0.0.1:0 --psk-file nowhere | 2 | there is no key file nowhere",
                "gateway --listen serial:///dev/x?speed=1         | 2 | --listen: speed is '1' for /dev/x, must be 300..4000000",
                "pub --sn serial:///dev/ttyNone -t a -m x         | 1 | there is no serial port /dev/ttyNone; ",
                "pub --sn serial:///dev/x?speed=1 -t a -m x       | 2 | speed is '1' for /dev/x, must be 300..4000000",
                "pub --sn serial:///dev/x --sn udp://h -t a -m x  | 2 | and another gateway exclude each other",
                "pub -t a -m x -h 127.0.0.1 -p 1                  | 3 | mqtt://127.0.0.1:1 does not answer",
                "pub -t a -m x -p 70000                           | 2 | -p is 70000, must be 1..65535",
                "pub -t a -m x -P secret                          | 2 | -P needs -u",
                "sub                                              | 2 | Missing required option: '--topic=FILTER'",
                "sub -t a#                                        | 2 | 'a#' is no topic filter",
                "sub -t a -T +b                                   | 2 | '+b' is no topic filter",
                "sub -t a -q 3                                    | 2 | -q is 3, must be 0, 1 or 2",
                "sub -t a -c                                      | 2 | -c needs -i",
                "sub -t a -C 0                                    | 2 | -C is 0, must be 1 or more",
                "sub -t a -V mqttv6                               | 2 | must be mqttv31, mqttv311 or mqttv5",
                "sub --sn udp://127.0.0.1:9                       | 2 | Missing required option: '--topic=FILTER'",
                "sub --sn udp://127.0.0.1:9 -t a# -q 1            | 2 | 'a#' is no topic filter",
                "sub --sn udp://127.0.0.1:9 -t a -q -1            | 2 | -q is -1, must be 0, 1 or 2",
                "sub --sn udp://127.0.0.1:9 -t a --sleep 0        | 2 | --sleep is 0, must be 1..65535",
                "sub --sn udp://127.0.0.1:9 -t a -F %m            | 2 | %m means nothing with --sn",
                "sub --sn udp://127.0.0.1:9 -t a -x 5             | 2 | -x means nothing with --sn",
                "sub --sn udp://127.0.0.1:9 -t a -c               | 2 | -c needs -i",
                "sub -t a --sleep 5                               | 2 | --sleep and --topic-type need --sn",
                "sub -t a --psk 1234                              | 2 | --psk and --psk-identity need a gateway, --sn dtls://host:port",
                "sub -t a -h 127.0.0.1 -p 1                       | 3 | mqtt://127.0.0.1:1 does not answer",
                "device                                           | 2 | Missing required option: '--config=FILE'",
                "device --config nowhere.toml                     | 2 | there is no device file nowhere.toml",
                "sim nowhere.toml                                 | 2 | there is no scenario file nowhere.toml, and"
                        + " none of that name",
                "sim --show nothing                               | 2 | there are demo, greenhouse, cold-chain",
                "sim greenhouse --speed fast                      | 2 | --speed is fast, must be max or x0.01..x100000",
                "sim --junit x.xml                                | 2 | need a scenario",
                "sim greenhouse --seeds 5                         | 2 | --seeds is for worlds without a scenario",
                "demo --loss 2                                    | 2 | --loss is 2.0, must be 0.0..0.9",
                "demo --duration abc                              | 2 | must be a time such as 30s, 5m or 1h",
                "demo --record /nowhere/file                      | 2 | cannot write /nowhere/file",
                "demo --broker mqtt://127.0.0.1:1                 | 3 | does not answer",
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
    void aGatewayThatIsNotThereIsToldWithinSevenSeconds() {
        long startNs = System.nanoTime();
        try (Program midge = MidgeProgram.start("pub", "--sn", "udp://127.0.0.1:9", "-t", "a/b", "-m", "x")) {
            assertThat(midge.exitCode(30_000)).isEqualTo(1);
            assertThat(midge.out()).isEmpty();
            assertThat(midge.err())
                    .singleElement()
                    .asString()
                    .contains("no answer from the gateway at udp://127.0.0.1:9", "midge gateway --listen");
        }
        long startUpMs = 5_000;
        assertThat((System.nanoTime() - startNs) / 1_000_000).isBetween(5_000L, 7_000 + startUpMs);
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

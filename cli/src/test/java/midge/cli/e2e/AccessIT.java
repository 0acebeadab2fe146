package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.cli.MidgeHere;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mosquitto's access list for files never refuses a subscription; its plugin for dynamic security does. Everybody may use {@code open/#}
 * and nothing else.
 */
class AccessIT {
    private static final int PATIENCE_MS = 30_000;
    private static final Path PLUGIN = Path.of("/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so");

    private static Program broker;
    private static int port;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        String mosquitto = Peers.require("mosquitto", "mosquitto");
        Assumptions.assumeTrue(Files.exists(PLUGIN), "no plugin at " + PLUGIN);
        Path rules = Files.writeString(folder.resolve("rules.json"), """
                {"defaultACLAccess": {"publishClientSend": false, "publishClientReceive": true,
                    "subscribe": false, "unsubscribe": true},
                 "clients": [], "anonymousGroup": "all",
                 "groups": [{"groupname": "all", "roles": [{"rolename": "guest"}], "clients": []}],
                 "roles": [{"rolename": "guest", "acls": [
                    {"acltype": "publishClientSend", "topic": "open/#", "priority": 0, "allow": true},
                    {"acltype": "subscribePattern", "topic": "open/#", "priority": 0, "allow": true}]}]}
                """);
        port = Mosquitto.freePort();
        Path configuration = Files.writeString(
                folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                user %s
                plugin %s
                plugin_opt_config_file %s
                """.formatted(port, System.getProperty("user.name"), PLUGIN, rules));
        broker = Program.start(mosquitto, "-c", configuration.toString());
        broker.await("running", PATIENCE_MS);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static MidgeHere midge(String command, String line) {
        return MidgeHere.words(command + " -h 127.0.0.1 -p " + port + " " + line);
    }

    @ParameterizedTest
    @CsvSource({
        "mqttv311, unspecified error",
        "mqttv5,   not authorized",
    })
    void aSubscriptionThatIsNotAllowedIsToldWithItsFilter(String version, String reason) {
        MidgeHere sub = midge("sub", "-V " + version + " -t open/a -t closed/a -t open/b -W 30");
        assertThat(sub.exitCode(PATIENCE_MS)).as(sub::toString).isEqualTo(3);
        assertThat(sub.err())
                .containsExactly("midge: the broker refused the subscription to closed/a (" + reason + ")");
        MidgeHere allowed = midge("sub", "-V " + version + " -t open/a -t open/b -E");
        assertThat(allowed.exitCode(PATIENCE_MS)).as(allowed::toString).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aMessageThatIsNotAllowedIsToldInMqtt5(String qos) {
        MidgeHere pub = midge("pub", "-V mqttv5 -t closed/a -m x -q " + qos);
        assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(1);
        assertThat(pub.err()).containsExactly("midge: the broker refused the message: not authorized");
        MidgeHere allowed = midge("pub", "-V mqttv5 -t open/a -m x -q " + qos);
        assertThat(allowed.exitCode(PATIENCE_MS)).as(allowed::toString).isZero();
    }
}

package midge.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Assumptions;

/**
 * Our client with somebody else's gateway: {@code -Dmidge.paho.gateway=PATH} names the {@code MQTT-SNGateway} of Eclipse Paho (version
 * 1.5.1, built for UDP). It reads a file of {@code KEY=VALUE} lines by {@code -f}: where the broker is ({@code BrokerName}, {@code BrokerPortNo}),
 * where clients are served ({@code GatewayPortNo}; on every address of the machine), where they search ({@code MulticastIP}, {@code
 * MulticastPortNo}), and whether a list of pre-defined topics holds ({@code PredefinedTopic}, {@code PredefinedTopicList}: lines of client
 * id or {@code *}, topic, id).
 */
class PahoGatewayIT extends SnGatewaySuite {
    private static final String EXECUTABLE = System.getProperty("midge.paho.gateway", "");

    private Program gateway;

    @Override
    void beforeStart() {
        if (EXECUTABLE.isEmpty()) {
            String unset = "-Dmidge.paho.gateway=PATH of an MQTT-SNGateway is not given";
            System.err.println("SKIPPED " + unset);
            Assumptions.abort(unset);
        }
    }

    @Override
    void startGateway(int port, Path ownFolder) throws IOException {
        Path topics = ownFolder.resolve("predefinedTopic.conf");
        Files.writeString(topics, "*," + PREDEFINED + "," + PREDEFINED_ID + "\n");
        Path configuration = ownFolder.resolve("gateway.conf");
        Files.writeString(configuration, """
                GatewayID=1
                GatewayName=Suite
                MaxNumberOfClients=100
                KeepAlive=60
                BrokerName=127.0.0.1
                BrokerPortNo=%d
                BrokerSecurePortNo=8883
                AggregatingGateway=NO
                QoS-1=NO
                Forwarder=NO
                PredefinedTopic=YES
                PredefinedTopicList=%s
                ClientAuthentication=NO
                GatewayPortNo=%d
                MulticastIP=225.1.1.1
                MulticastPortNo=%d
                MulticastTTL=0
                ShearedMemory=NO
                """.formatted(broker.port(), topics, port, Mosquitto.freePort()));
        gateway = Program.start("stdbuf", "-oL", EXECUTABLE, "-f", configuration.toString());
        gateway.await("starts running", 10_000);
    }

    @Override
    void stopGateway() {
        gateway.close();
    }

    @Override
    Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }
}

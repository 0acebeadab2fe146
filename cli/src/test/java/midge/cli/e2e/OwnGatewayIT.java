package midge.cli.e2e;

import java.nio.file.Path;
import midge.sim.peer.Program;

/** Our client with {@code ./midge gateway}. */
class OwnGatewayIT extends SnGatewaySuite {
    private Program gateway;

    @Override
    void startGateway(int port, Path ownFolder) {
        gateway = MidgeProgram.start(
                "gateway",
                "--listen",
                "udp://127.0.0.1:" + port,
                "--broker",
                broker.uri(),
                "--predefined",
                PREDEFINED_ID + "=" + PREDEFINED);
        gateway.await("MQTT-SN on", 60_000);
    }

    @Override
    void stopGateway() {
        gateway.close();
    }
}

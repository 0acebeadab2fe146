package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that knows no address finds the gateway in a multicast group (§6.1). */
class DiscoveryIT {
    private static final int PATIENCE_MS = 30_000;

    @TempDir
    private Path folder;

    @Test
    void aClientFindsTheGatewayByIpv4() {
        findsAndPublishes("0.0.0.0", "225.1.1.1", "lo");
    }

    /** Linux has no way for groups of IPv6 on its loopback interface: any other one, where the machine has it. */
    @Test
    void aClientFindsTheGatewayByIpv6() throws SocketException {
        String network = NetworkInterface.networkInterfaces()
                .filter(DiscoveryIT::hasIpv6)
                .map(NetworkInterface::getName)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(network != null, "this machine has no network with multicast of IPv6");
        findsAndPublishes("[::]", "[ff02::1883]", network);
    }

    private static boolean hasIpv6(NetworkInterface network) {
        try {
            return network.isUp()
                    && network.supportsMulticast()
                    && !network.isLoopback()
                    && network.inetAddresses()
                            .anyMatch(address -> address.isLinkLocalAddress() && address instanceof Inet6Address);
        } catch (SocketException e) {
            return false;
        }
    }

    private void findsAndPublishes(String listener, String groupAddress, String network) {
        String group = "udp+multicast://" + groupAddress + ":" + Mosquitto.freePort() + "?interface=" + network;
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program sub = broker.sub("-v", "-q", "1", "-t", "found/#");
                Program gateway = MidgeProgram.start(
                        "gateway",
                        "--broker",
                        broker.uri(),
                        "--listen",
                        "udp://" + listener + ":" + Mosquitto.freePort(),
                        "--discovery",
                        group)) {
            broker.awaitSubscription("found/#", 1);
            gateway.await("(found in ", PATIENCE_MS);
            try (Program pub = MidgeProgram.start("pub", "--sn", group, "-q", "1", "-t", "found/it", "-m", "here")) {
                assertThat(pub.exitCode(PATIENCE_MS)).as(pub.lines()::toString).isZero();
            }
            sub.await("found/it here", PATIENCE_MS);
            assertThat(gateway.err()).isEmpty();
        }
    }

    @Test
    void aGroupWithoutAListenerOfItsFamilyIsToldWithTheWayOut() {
        try (Program gateway = MidgeProgram.start(
                "gateway", "--listen", "udp://[::1]:0", "--discovery", "udp+multicast://225.1.1.1:1883")) {
            assertThat(gateway.exitCode(PATIENCE_MS)).isEqualTo(2);
            assertThat(gateway.err())
                    .singleElement()
                    .asString()
                    .contains("--discovery", "needs a listener of its family, such as udp://0.0.0.0:1884");
        }
    }

    @Test
    void whatIsNoGroupIsTold() {
        try (Program gateway = MidgeProgram.start("gateway", "--discovery", "udp+multicast://192.168.1.1:1883")) {
            assertThat(gateway.exitCode(PATIENCE_MS)).isEqualTo(2);
            assertThat(gateway.err()).singleElement().asString().contains("is no multicast group, such as 225.1.1.1");
        }
    }
}

package midge.sim.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import midge.profile.Hex;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import org.junit.jupiter.api.Test;

class SimStreamTest {
    private static final String CONNECT = "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61";

    private final World world = new World(4);
    private final BrokerNode node = new BrokerNode(world, BrokerConfig.defaults(), "broker");
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int chunks;

    private final StreamUser user = new StreamUser() {
        @Override
        public void onOpen() {
            events.add("open@" + world.nowMs());
        }

        @Override
        public void onOctets(byte[] octets, int offset, int length) {
            heard.write(octets, offset, length);
            chunks++;
        }

        @Override
        public void onClosed() {
            events.add("closed@" + world.nowMs());
        }
    };

    @Test
    void choppedOctetsArriveWholeAndInOrder() {
        SimStream stream = open();
        node.faults().setChopped(true).setLatency(2, 30).setStalls(0.1, 500);
        send(stream, CONNECT + "C0 00".repeat(40));
        world.runFor(60_000);
        assertThat(Hex.of(heard.toByteArray())).isEqualTo("20 02 00 00" + " D0 00".repeat(40));
        assertThat(chunks).isGreaterThan(41);
    }

    @Test
    void nothingIsTakenBeforeItIsOpenNorAfterItsEnd() {
        SimStream stream = node.connect(user);
        assertThat(stream.send(new byte[1], 0, 1)).isZero();
        world.runFor(100);
        assertThat(events).containsExactly("open@2");
        stream.close();
        assertThat(stream.send(new byte[1], 0, 1)).isZero();
        world.runFor(100);
        assertThat(events).containsExactly("open@2");
        assertThat(node.broker().connectionCount()).isZero();
    }

    @Test
    void whatWasSentBeforeACloseStillArrives() {
        SimStream stream = open();
        send(stream, CONNECT + "30 03 00 01 74");
        stream.close();
        world.runFor(100);
        assertThat(node.broker().counters().publishesReceived()).isEqualTo(1);
    }

    @Test
    void aBreakIsSeenAtBothEnds() {
        SimStream stream = open();
        node.faults().setBreaks(1);
        send(stream, CONNECT);
        world.runFor(100);
        assertThat(events).last().asString().startsWith("closed");
        assertThat(node.broker().connectionCount()).isZero();
        assertThat(node.broker().counters().packetsReceived()).isZero();
    }

    @Test
    void aStoppedBrokerRefusesUntilItIsStartedAgain() {
        open();
        node.stop();
        assertThat(events).containsExactly("open@2", "closed@100");
        node.connect(user);
        world.runFor(100);
        assertThat(events).last().isEqualTo("closed@102");
        node.start();
        open();
        assertThat(events).last().isEqualTo("open@202");
    }

    private SimStream open() {
        SimStream stream = node.connect(user);
        world.runFor(100);
        return stream;
    }

    private static void send(SimStream stream, String hex) {
        byte[] octets = Hex.bytes(hex);
        for (int at = 0; at < octets.length; ) {
            at += stream.send(octets, at, octets.length - at);
        }
    }
}

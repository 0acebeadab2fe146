package midge.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import midge.sim.World;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
    private final World world = new World(11);
    private final SimNetwork network = new SimNetwork(world, RadioProfile.udp(), "test");
    private final List<String> heard = new ArrayList<>();
    private final SimPort gateway = network.port("gateway", this::hear);
    private final SimLink device = network.device("device", gateway.node());

    @Test
    void aFrameReachesTheGatewayAfterTheLatency() {
        network.faults().setLatency(5, 0);
        assertThat(send(device, DatagramLink.GATEWAY, "up")).isEqualTo(2);
        world.runUntil(4);
        assertThat(heard).isEmpty();
        world.runUntil(5);
        assertThat(heard).containsExactly("1:up@5");
    }

    @Test
    void anAnswerToTheNodesAddressReachesTheDeviceAndWakesIt() {
        List<Long> woken = new ArrayList<>();
        device.setListener(() -> woken.add(world.nowMs()));
        byte[] address = network.address(device.node());
        assertThat(gateway.send(address, 0, 4, octets("down"), 0, 4)).isEqualTo(4);
        world.runUntil(1);
        byte[] into = new byte[10];
        assertThat(device.receive(into, 3, 7)).isEqualTo(4);
        assertThat(new String(into, 3, 4, StandardCharsets.US_ASCII)).isEqualTo("down");
        assertThat(device.lastPeer()).isEqualTo(DatagramLink.GATEWAY);
        assertThat(device.receive(into, 0, 10)).isZero();
        assertThat(woken).hasSize(1);
    }

    @Test
    void aBroadcastReachesEveryoneElse() {
        SimLink other = network.device("other", -1);
        send(other, DatagramLink.BROADCAST, "hi");
        world.runUntil(1);
        assertThat(heard).containsExactly("2:hi@0");
        assertThat(device.receive(new byte[9], 0, 9)).isEqualTo(2);
        assertThat(device.lastPeer()).isEqualTo(other.node() + 1);
        assertThat(other.receive(new byte[9], 0, 9)).isZero();
        assertThat(send(other, DatagramLink.GATEWAY, "?")).isEqualTo(Hal.INVALID);
        assertThat(send(other, device.node() + 1, "direct")).isEqualTo(6);
    }

    @Test
    void flippedBitsOnASerialLineAreFoundByTheFramingAndCounted() {
        SimNetwork line = new SimNetwork(world, RadioProfile.serial(), "line");
        List<String> came = new ArrayList<>();
        SimPort end = line.port(
                "end",
                (from, frame, offset, length) ->
                        came.add(new String(frame, offset, length, StandardCharsets.US_ASCII)));
        SimLink board = line.device("board", end.node());
        line.faults().setBitErrors(0.001); // about 200 bits in each frame
        for (int i = 0; i < 2_000; i++) {
            send(board, DatagramLink.GATEWAY, "a reading of 20 octets".substring(0, 20));
            world.runFor(10);
        }
        assertThat(came).hasSizeBetween(1_550, 1_750).containsOnly("a reading of 20 octe");
        assertThat(board.counters().framesCorrupted()).isEqualTo(2_000 - came.size());
        assertThat(board.counters().framesLost()).isZero();
        line.faults().setBitErrors(0);
        send(board, DatagramLink.GATEWAY, "clean");
        world.runFor(10);
        assertThat(came).last().isEqualTo("clean");
    }

    @Test
    void distanceCostsFramesFromHalfOfTheRangeOn() {
        network.map().setRange(100).place(gateway.node(), 0, 0).place(device.node(), 30, 40);
        assertThat(network.map().loss(device.node(), gateway.node())).isZero();
        network.map().place(device.node(), 60, 45);
        assertThat(network.map().loss(device.node(), gateway.node())).isEqualTo(0.25);
        for (int i = 0; i < 1_000; i++) {
            send(device, DatagramLink.GATEWAY, "x");
        }
        world.runFor(10);
        assertThat(heard).hasSizeBetween(700, 800);
        network.map().place(device.node(), 80, 60);
        send(device, DatagramLink.GATEWAY, "beyond");
        world.runFor(10);
        assertThat(heard).noneMatch(frame -> frame.contains("beyond"));
    }

    @Test
    void lossDuplicationAndReorderingFollowTheirProbabilities() {
        network.faults().setLoss(0.3).setDuplication(0.1).setReordering(0.2).setLatency(2, 3);
        for (int i = 0; i < 10_000; i++) {
            world.at(i * 4L, () -> send(device, DatagramLink.GATEWAY, String.format("%05d", heard.size())));
        }
        world.runUntil(100_000);
        LinkCounters sent = network.counters(device.node());
        assertThat(sent.framesSent()).isEqualTo(10_000);
        assertThat(sent.framesLost()).isBetween(2_800L, 3_200L);
        assertThat(sent.framesDuplicated()).isBetween(600L, 800L);
        assertThat(gateway.counters().framesReceived())
                .isEqualTo(10_000 - sent.framesLost() + sent.framesDuplicated())
                .isEqualTo(heard.size());
    }

    @Test
    void jitterAloneKeepsTheOrderReorderingDoesNot() {
        network.faults().setLatency(0, 50);
        assertThat(inversionsOf(200)).isZero();
        network.faults().setReordering(0.2);
        assertThat(inversionsOf(200)).isPositive();
    }

    @Test
    void oneDirectionMayBeWorseThanTheMedium() {
        network.faults(device.node(), gateway.node()).setLoss(1);
        send(device, DatagramLink.GATEWAY, "lost");
        gateway.send(device.node(), octets("got"), 0, 3);
        world.runUntil(1);
        assertThat(heard).isEmpty();
        assertThat(device.receive(new byte[9], 0, 9)).isEqualTo(3);
        network.faults(device.node(), gateway.node()).setLoss(0);
        send(device, DatagramLink.GATEWAY, "now");
        world.runUntil(2);
        assertThat(heard).containsExactly("1:now@1");
    }

    @Test
    void anIsolatedNodeNeitherHearsNorIsHeard() {
        network.isolate(device.node(), true);
        send(device, DatagramLink.GATEWAY, "a");
        gateway.send(device.node(), octets("b"), 0, 1);
        network.isolate(device.node(), false);
        send(device, DatagramLink.GATEWAY, "c");
        world.runUntil(1);
        assertThat(heard).containsExactly("1:c@0");
        assertThat(device.receive(new byte[9], 0, 9)).isZero();
    }

    @Test
    void framesTakeTheirTimeOnAirOneAfterTheOther() {
        SimNetwork slow = new SimNetwork(world, new RadioProfile(80, 8_000, 0, 100), "slow");
        SimPort port = slow.port("gateway", this::hear);
        SimLink node = slow.device("node", port.node());
        assertThat(send(node, 0, "0123456789")).isEqualTo(10);
        assertThat(send(node, 0, "0123456789")).isEqualTo(10);
        world.runUntil(1_000);
        assertThat(heard).containsExactly("1:0123456789@10", "1:0123456789@20");
        assertThat(node.counters().airtimeUs()).isEqualTo(20_000);
        assertThat(node.counters().octetsSent()).isEqualTo(20);
    }

    @Test
    void aFullTransmitterSaysSoAndWakesTheNodeWhenItIsFree() {
        SimNetwork slow = new SimNetwork(world, new RadioProfile(80, 8_000, 0, 15), "slow");
        SimPort port = slow.port("gateway", this::hear);
        SimLink node = slow.device("node", port.node());
        List<Long> woken = new ArrayList<>();
        node.setListener(() -> woken.add(world.nowMs()));
        assertThat(send(node, 0, "0123456789")).isEqualTo(10);
        assertThat(send(node, 0, "0123456789")).isEqualTo(10);
        assertThat(send(node, 0, "0123456789")).isZero();
        world.runUntil(100);
        assertThat(woken).containsExactly(20L);
        assertThat(heard).hasSize(2);
    }

    @Test
    void framesBeyondTheMtuAndBeyondTheInboxAreDroppedAndCounted() {
        assertThat(device.send(0, new byte[2_000], 0, 1_473)).isEqualTo(Hal.INVALID);
        assertThat(device.counters().framesDropped()).isEqualTo(1);
        for (int i = 0; i < 40; i++) {
            gateway.send(device.node(), octets("x"), 0, 1);
        }
        world.runUntil(1);
        assertThat(device.counters().framesReceived()).isEqualTo(40);
        assertThat(device.counters().framesDropped()).isEqualTo(9);
        assertThat(gateway.send(99, octets("x"), 0, 1)).isEqualTo(Hal.INVALID);
    }

    @Test
    void oneSeedGivesOneTraceAndAnotherSeedAnother() {
        assertThat(traceOf(5)).isEqualTo(traceOf(5)).isNotEqualTo(traceOf(6));
    }

    private static long traceOf(long seed) {
        World world = new World(seed);
        SimNetwork network = new SimNetwork(world, RadioProfile.ieee802154(), "radio");
        network.faults().setLoss(0.2).setDuplication(0.1).setReordering(0.1).setLatency(3, 9);
        SimPort port = network.port("gateway", (from, frame, offset, length) -> {});
        SimLink link = network.device("device", port.node());
        for (int i = 0; i < 1_000; i++) {
            byte[] frame = octets("frame " + i);
            world.at(i, () -> link.send(0, frame, 0, frame.length));
        }
        world.runUntil(10_000);
        return world.traceHash();
    }

    private int inversionsOf(int frames) {
        heard.clear();
        for (int i = 0; i < frames; i++) {
            byte[] frame = octets(String.format("%05d", i));
            world.after(i, () -> device.send(0, frame, 0, frame.length));
        }
        world.runFor(10_000);
        int inversions = 0;
        for (int i = 1; i < heard.size(); i++) {
            inversions +=
                    heard.get(i - 1).substring(0, 7).compareTo(heard.get(i).substring(0, 7)) > 0 ? 1 : 0;
        }
        return inversions;
    }

    private static int send(SimLink link, int peer, String text) {
        byte[] frame = octets(text);
        return link.send(peer, frame, 0, frame.length);
    }

    private void hear(int fromNode, byte[] frame, int offset, int length) {
        heard.add(fromNode + ":" + new String(frame, offset, length, StandardCharsets.US_ASCII) + "@" + world.nowMs());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

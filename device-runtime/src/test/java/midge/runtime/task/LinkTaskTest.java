package midge.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import midge.hal.sense.Quantity;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.wire.Prng;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole device with the real client, against a gateway that does what the test says. */
class LinkTaskTest {
    private static final byte[] ONLINE = "online".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.US_ASCII);
    private final VirtualDevice device = new VirtualDevice();
    private final FakeGateway gateway = device.gateway;

    @Test
    void aReadingTravelsFromTheSensorToTheBrokerAndBackComesItsOutcome() {
        device.thermometer.next[0] = 21_380;
        device.start();
        device.runFor(500);
        assertEquals(List.of("CONNECT clean", "REGISTER site/7/t", "PUBLISH site/7/t=21.38 q1"), device.heard());
        assertEquals(List.of("site/7/t=21.38"), gateway.broker);
        assertEquals(List.of("sampled 0 1=21380", "published 0 #0 21.38", "outcome #0 0"), device.listener.events);
        assertTrue(device.link.connected());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "1, 20", "2, 20", "1, 40"})
    void everyDeliveredReadingReachesTheBrokerOnceAndInOrder(int qos, int lossPercent) {
        gateway.lossPercent = lossPercent;
        device.clientOptions.retries(8);
        device.sampling.qos(qos).periodMs(10_000).deadband(0, 0);
        device.thermometer.step = 1_000;
        device.start();
        device.runFor(1_000_000);
        gateway.lossPercent = 0;
        device.runFor(30_000);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < gateway.broker.size(); i++) {
            expected.add("site/7/t=" + i + ".00");
        }
        assertEquals(expected, gateway.broker);
        assertThat(device.listener.outcomes).hasSize(104).doesNotContainValue(Outcome.DROPPED);
        assertEquals(lossPercent > 0, device.link.client().counters().retransmissions() > 0);
    }

    @Test
    void readingsWaitWhileTheGatewayIsAwayAndTheOldestAreDroppedAndCounted() {
        device.outboxCapacity = 5;
        device.thermometer.step = 1_000;
        device.start();
        device.runFor(2_500); // 0, 1, 2 delivered
        gateway.deaf = true;
        device.runFor(60_000);
        assertEquals(1, device.link.losses());
        assertThat(device.link.unanswered()).isPositive();
        assertFalse(device.link.connected());
        gateway.deaf = false;
        device.runFor(20_000);
        assertTrue(device.link.connected());
        assertThat(gateway.broker).startsWith("site/7/t=0.00", "site/7/t=1.00", "site/7/t=2.00", "site/7/t=3.00");
        List<Double> values = gateway.broker.stream()
                .map(m -> Double.valueOf(m.substring(m.indexOf('=') + 1)))
                .toList();
        assertThat(values).isSorted().doesNotHaveDuplicates();
        assertEquals(device.thermometer.next[0] / 1_000, values.size() + device.outbox.dropped());
        assertEquals(0, device.outbox.depth());
        assertThat(device.listener.outcomes.values().stream().filter(o -> o == Outcome.DROPPED))
                .hasSize(device.outbox.dropped());
    }

    @Test
    void theFullOutboxDrainsAtItsRate() {
        device.outboxCapacity = 32;
        device.drainIntervalMs = 200;
        gateway.deaf = true;
        device.start();
        device.runFor(19_900);
        gateway.deaf = false;
        long connectedMs = 0;
        while (device.outbox.depth() > 1) {
            device.runFor(10);
            if (connectedMs == 0 && device.link.connected()) {
                connectedMs = device.nowMs;
                assertThat(device.outbox.depth()).isGreaterThan(15);
            }
        }
        assertThat(device.nowMs - connectedMs).isGreaterThanOrEqualTo(200L * 15);
        assertEquals(0, device.outbox.dropped());
    }

    @Test
    void attemptsToConnectGetRarerUpToTheLimit() {
        gateway.connackCode = SnReturnCode.NOT_SUPPORTED;
        device.start();
        List<Long> attempts = new ArrayList<>();
        for (int ms = 0; ms < 60_000; ms += 10) {
            device.runFor(10);
            if (!device.heard().isEmpty()) {
                attempts.add(device.nowMs);
            }
        }
        assertEquals(attempts.size(), device.link.refusals());
        assertThat(attempts).hasSizeBetween(9, 16);
        for (int i = 4; i < attempts.size(); i++) {
            assertThat(attempts.get(i) - attempts.get(i - 1)).isBetween(3_990L, 8_010L);
        }
        gateway.connackCode = 0;
        device.runFor(8_100);
        assertTrue(device.link.connected());
    }

    @Test
    void aCongestedGatewayIsLeftInPeaceForItsTime() {
        gateway.connackCode = SnReturnCode.CONGESTION;
        device.start();
        device.runFor(1_950);
        assertEquals(List.of("CONNECT clean"), device.heard());
        gateway.connackCode = 0;
        device.runFor(10_000);
        assertTrue(device.link.connected());
    }

    @Test
    void whenTheGatewayEndsItTheDeviceConnectsAgain() {
        device.obeys = true;
        device.start();
        device.runFor(500);
        gateway.answer(0x18);
        device.runFor(1_500);
        assertEquals(2, device.link.connects());
        assertThat(device.heard().stream().filter(f -> f.startsWith("SUBSCRIBE")))
                .hasSize(2);
    }

    @Test
    void aCommandMovesTheActuatorAndItsStateIsPublishedRetained() {
        device.obeys = true;
        device.start();
        device.runFor(500);
        assertThat(gateway.broker).contains("site/7/relay=0(r)");
        gateway.publish("site/7/relay/set", "1");
        device.runFor(100);
        assertEquals(1, device.relay.value());
        assertThat(gateway.broker).endsWith("site/7/relay=1(r)");
        gateway.publish("site/7/relay/set", "explode");
        gateway.publish("site/7/t", "1");
        device.runFor(100);
        assertEquals(1, device.commands.invalid());
        assertEquals(1, device.link.unmatched());
        assertEquals(1, device.relay.value());
    }

    @Test
    void aRefusedSubscriptionIsAskedForAgainAndHoldsUpNothing() {
        device.obeys = true;
        gateway.subackCode = SnReturnCode.NOT_SUPPORTED;
        device.start();
        device.runFor(10_000);
        assertEquals(1, device.link.subscriptionsRefused());
        assertThat(gateway.broker).contains("site/7/t=0.00");
        gateway.subackCode = 0;
        device.heard();
        device.runFor(60_000);
        assertThat(device.heard()).contains("SUBSCRIBE site/7/relay/set");
        gateway.publish("site/7/relay/set", "1");
        device.runFor(10);
        assertEquals(1, device.relay.value());
    }

    @Test
    void aMessageThatTheGatewayRejectsEndsRejectedAndHoldsUpNothing() {
        gateway.pubackCode = SnReturnCode.NOT_SUPPORTED;
        device.start();
        device.runFor(500);
        gateway.pubackCode = 0;
        device.runFor(1_000);
        assertEquals(Outcome.REJECTED, device.listener.outcomes.get(0));
        assertEquals(Outcome.DELIVERED, device.listener.outcomes.get(1));
    }

    @Test
    void aTopicThatIsNotInTheListEndsRejected() {
        device.sampling.topic(0, 9);
        device.start();
        device.runFor(500);
        assertEquals(Outcome.REJECTED, device.listener.outcomes.get(0));
    }

    @Test
    void announcesItselfAndLeavesAWillAndSaysGoodbye() {
        device.clientOptions.will("site/7/up", OFFLINE, SnFlags.QOS_1 | SnFlags.RETAIN);
        device.linkOptions.availability("site/7/up", ONLINE, OFFLINE);
        device.sampling.periodMs(0);
        device.start();
        device.runFor(500);
        assertEquals(
                List.of(
                        "CONNECT clean will",
                        "WILLTOPIC site/7/up",
                        "WILLMSG offline",
                        "REGISTER site/7/up",
                        "PUBLISH site/7/up=online q1"),
                device.heard());
        assertEquals(List.of("site/7/up=online(r)"), gateway.broker);
        device.link.stop();
        device.runFor(120_000);
        assertEquals(List.of("PUBLISH site/7/up=offline q1", "DISCONNECT"), device.heard());
        assertEquals(SnClient.DISCONNECTED, device.link.client().state());
        assertEquals(Map.of(), device.listener.outcomes);

        device.link.start(device.nowMs);
        device.runtime.wake(device.link);
        device.runFor(100);
        assertThat(gateway.broker).endsWith("site/7/up=online(r)");
    }

    @Test
    void afterALossItAnnouncesItselfAgain() {
        device.linkOptions.availability("site/7/up", ONLINE, OFFLINE);
        device.sampling.periodMs(0);
        device.start();
        device.runFor(500);
        gateway.answer(0x18);
        device.runFor(5_000);
        assertEquals(List.of("site/7/up=online(r)", "site/7/up=online(r)"), gateway.broker);
    }

    @Test
    void aFullLinkDelaysAFrameAndLosesNone() {
        device.start();
        gateway.linkStatus = 0;
        device.runFor(500);
        assertEquals(List.of(), device.heard());
        gateway.linkStatus = 1;
        device.runFor(20);
        assertThat(device.heard()).startsWith("CONNECT clean");
        assertEquals(0, device.link.client().counters().retransmissions());
        assertEquals(0, device.link.linkFailures());
    }

    @Test
    void aLinkThatIsGoneIsCountedAndUsedAgainWhenItIsBack() {
        device.start();
        gateway.linkStatus = Hal.GONE;
        gateway.receiveStatus = Hal.GONE;
        device.runFor(10_000);
        assertThat(device.link.framesLost()).isPositive();
        assertEquals(Hal.GONE, device.link.lastLinkFailure());
        gateway.linkStatus = 1;
        gateway.receiveStatus = 0;
        device.runFor(20_000);
        assertTrue(device.link.connected());
        assertEquals(device.listener.payloads.size(), device.outbox.delivered() + device.outbox.dropped());
    }

    @Test
    void framesOfStrangersAreNotLookedAt() {
        device.start();
        device.runFor(500);
        gateway.peer = 3;
        gateway.answer(0x18);
        device.runFor(100);
        gateway.peer = DatagramLink.GATEWAY;
        device.runFor(3_000);
        assertEquals(1, device.link.strangers());
        assertEquals(1, device.link.connects());
    }

    @Test
    void aFloodOfFramesLeavesTurnsToTheOthers() {
        device.linkOptions.framesPerTurn(4);
        device.start();
        device.runFor(500);
        for (int i = 0; i < 40; i++) {
            gateway.answer(0x17);
        }
        assertEquals(device.nowMs, device.runtime.turn(device.nowMs));
        int turns = 1;
        while (gateway.pending()) {
            device.runtime.turn(device.nowMs);
            turns++;
        }
        assertEquals(10, turns);
    }

    @Test
    void arbitraryFramesNeverStopTheDevice() {
        device.obeys = true;
        device.start();
        device.runFor(500);
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; i < 20_000; i++) {
            int[] octets = new int[1 + random.nextInt(20)];
            for (int j = 0; j < octets.length; j++) {
                octets[j] = random.nextInt(256);
            }
            octets[0] = random.nextInt(0x20);
            gateway.answer(octets);
            device.runFor(1);
        }
        device.runFor(30_000);
        int before = gateway.broker.size();
        device.runFor(5_000);
        assertThat(gateway.broker.size()).isGreaterThan(before);
    }

    @Test
    void aSensorThatFailsDoesNotStopTheOthers() {
        device.start();
        FakeSensor hygrometer = new FakeSensor(Quantity.HUMIDITY);
        SamplingConfig config = new SamplingConfig.Builder()
                .periodMs(1_000)
                .jitterPercent(0)
                .topic(0, VirtualDevice.HUMIDITY_TOPIC)
                .build();
        device.runtime.add(new SamplingTask(config, hygrometer, device.outbox, device.listener, new Prng(1)));
        device.thermometer.beginCode = Hal.NACK;
        device.runFor(2_500);
        assertEquals(List.of("site/7/h=0.00", "site/7/h=0.00", "site/7/h=0.00"), gateway.broker);
        assertEquals(3, device.samplingTask.failures());
    }

    @Test
    void theFirstConnectComesAtARandomMomentOfTheStartSpread() {
        device.linkOptions.startSpreadMs(100_000);
        device.sampling.periodMs(0);
        device.start();
        device.runFor(100);
        assertEquals(List.of(), device.heard());
        device.runFor(100_000);
        assertTrue(device.link.connected());
    }

    @Test
    void refusesFramesLargerThanTheLink() {
        SnClientConfig large = SnClientConfig.builder("n7").frameOctetsMax(256).build();
        assertThrows(
                IllegalArgumentException.class,
                () -> new LinkTask(device.runtime, device.linkOptions.build(), large, gateway, new Prng(1)));
    }

    @Test
    void refusesHandlersForSubscriptionsThatAreNotThere() {
        device.start();
        assertEquals(Status.INVALID, device.link.deliverTo(0, device.commands));
        assertEquals(Status.INVALID, device.link.deliverTo(-1, device.commands));
    }

    @Test
    void healthIsAReadingLikeAnyOther() {
        device.start();
        SamplingConfig config = new SamplingConfig.Builder()
                .periodMs(0)
                .commonTopic(VirtualDevice.HUMIDITY_TOPIC)
                .format(new HealthFormat())
                .build();
        HealthReading health = new HealthReading(new SnHealth(device.link), null, device.outbox);
        SamplingTask task = new SamplingTask(config, health, device.outbox, device.listener, new Prng(1));
        device.runtime.add(task);
        task.request();
        device.runFor(500);
        gateway.deaf = true;
        device.runFor(64_000);
        gateway.deaf = false;
        task.request();
        device.runtime.wake(task);
        device.runFor(20_000);
        List<String> told =
                gateway.broker.stream().filter(m -> m.startsWith("site/7/h=")).toList();
        assertEquals("site/7/h={\"up\":0,\"retries\":0,\"dropped\":0,\"waiting\":1}", told.get(0));
        assertThat(told.get(1))
                .matches("site/7/h=\\{\"up\":64,\"retries\":[1-9]\\d*,\"dropped\":[1-9]\\d*,\"waiting\":16\\}");
    }
}

package midge.runtime.task;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.hal.link.StreamLink;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.MqttError;
import midge.runtime.DeviceRuntime;
import midge.wire.Prng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttLinkTaskTest {
    private static final int MINUTE = 60_000;

    private final List<String> heard = new ArrayList<>();
    private LinkConfig.Builder linkOptions =
            new LinkConfig.Builder().startSpreadMs(0).backoff(1_000, 16_000);
    private MqttClientConfig.Builder clientOptions =
            new MqttClientConfig.Builder().clientId(new byte[] {'d'}).clean(false);
    private FakeBroker broker = new FakeBroker(4);
    private StreamLink stream;
    private final DeviceRuntime runtime = new DeviceRuntime(4);
    private MqttLinkTask link;
    private OutboxTask outbox;
    private long nowMs = 5_000;

    private void start() {
        PublishTopics.Builder topics = new PublishTopics.Builder();
        topics.add("r", false);
        StreamLink carrier = stream == null ? broker : stream;
        link = new MqttLinkTask(runtime, linkOptions.build(), clientOptions.build(), carrier, null, new Prng(7));
        MqttUplink uplink = new MqttUplink(link, topics.build());
        outbox = new OutboxTask(runtime, new RamOutbox(64, 32), uplink, ReadingListener.NOBODY, 0);
        link.reportTo(outbox);
        link.deliverTo(
                0,
                (topic, to, tl, payload, offset, length, retained, now) -> heard.add(
                        new String(topic, to, tl, US_ASCII) + "=" + new String(payload, offset, length, US_ASCII)));
        runtime.addPolling(link);
        runtime.add(outbox);
    }

    private void version5() {
        broker = new FakeBroker(5);
        clientOptions.version(5).sessionExpiryS(60);
    }

    private void runFor(long ms) {
        long endMs = nowMs + ms;
        int turnsNow = 0;
        while (nowMs <= endMs) {
            long next = runtime.turn(nowMs);
            boolean again = next == nowMs || broker.pending();
            turnsNow = again ? turnsNow + 1 : 0;
            assertTrue(turnsNow < 1_000, "the device spins");
            nowMs = again ? nowMs : next;
        }
        nowMs = endMs;
    }

    private void reading(int qos, String text) {
        byte[] octets = text.getBytes(US_ASCII);
        assertTrue(outbox.accept(0, octets, 0, octets.length, qos, nowMs) >= 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, Integer.MAX_VALUE})
    void connectsSubscribesAnnouncesAndPublishes(int octetsAtOnce) {
        broker.takes = octetsAtOnce;
        linkOptions.subscribe("c/#", 2).availability("a", new byte[] {'1'}, new byte[] {'0'});
        start();
        for (int qos = 0; qos < 3; qos++) {
            reading(qos, "q" + qos);
        }
        runFor(10_000);
        broker.publish(2, "c/x", "go");
        broker.publish(0, "c", "stay");
        runFor(10_000);
        assertEquals(List.of("a=1", "r=q0", "r=q1", "r=q2"), broker.received);
        assertEquals(List.of("c/x=go", "c=stay"), heard);
        assertEquals(List.of("CONNECT", "PUBLISH1 a=1", "SUBSCRIBE"), broker.packets.subList(0, 3));
        assertTrue(outbox.empty());
        assertEquals(3, outbox.delivered());
        link.stop();
        runtime.wake(link);
        runFor(10_000);
        assertEquals("a=0", broker.received.get(4));
        assertEquals("DISCONNECT", broker.packets.get(broker.packets.size() - 1));
        assertFalse(link.connected());
        int packets = broker.packets.size();
        runFor(10 * MINUTE);
        assertEquals(packets, broker.packets.size());
        link.start(nowMs);
        runtime.wake(link);
        runFor(10_000);
        assertTrue(link.connected());
    }

    @Test
    void triesAgainWithGrowingWaits() {
        broker.away = true;
        start();
        runFor(10 * MINUTE);
        assertThat(link.unanswered()).isBetween(600 / 16, 2 * 600 / 16 + 5);
        broker.away = false;
        runFor(16_000);
        assertTrue(link.connected());
        broker.close();
        runFor(1_000);
        assertTrue(link.connected());
        assertEquals(1, link.losses());
        assertEquals(2, link.connects());
        assertEquals(1, link.resumes());
    }

    @Test
    void aServerThatRefusesIsAskedAgainLater() {
        broker.refusal = 5;
        start();
        runFor(MINUTE);
        assertThat(link.refusals()).isBetween(4, 14);
        assertEquals(0x87, link.lastRefusal());
        assertEquals(0, link.unanswered());
        broker.refusal = 0;
        runFor(16_000);
        assertTrue(link.connected());
    }

    @Test
    void aMessageUnderWayIsFinishedOnTheNextConnection() {
        start();
        runFor(100);
        for (int cut = 0; cut < 40; cut++) {
            reading(2, "r" + cut);
            for (int turns = 0; turns < cut % 7; turns++) {
                runtime.turn(nowMs);
            }
            broker.takes = 1 + cut % 5;
            broker.close();
            runFor(2_000);
            broker.takes = Integer.MAX_VALUE;
        }
        runFor(MINUTE);
        assertTrue(outbox.empty());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            expected.add("r=r" + i);
        }
        assertEquals(expected, broker.received);
        assertEquals(40, outbox.delivered());
        assertEquals(0, outbox.repeated());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aSessionThatIsNotOursIsEndedByOneCleanConnection(int version) {
        if (version == 5) {
            version5();
        }
        broker.session = true;
        linkOptions.subscribe("c", 1);
        start();
        reading(2, "x");
        runFor(1_000);
        List<String> connects =
                broker.packets.stream().filter(p -> p.startsWith("CONNECT")).toList();
        List<String> inVersion4 = List.of("CONNECT", "CONNECT clean", "CONNECT");
        assertEquals(version == 5 ? inVersion4.subList(0, 2) : inVersion4, connects);
        assertEquals(MqttError.SESSION_UNKNOWN, link.lastFailure());
        assertTrue(link.connected());
        assertEquals(List.of("r=x"), broker.received);
        broker.close();
        runFor(2_000);
        assertEquals("CONNECT", broker.packets.get(broker.packets.size() - 1));
        assertEquals(1, link.resumes());
    }

    @Test
    void whatALostSessionLeavesUncertainIsNotSentAgainUnlessWanted() {
        for (boolean republish : new boolean[] {false, true}) {
            MqttLinkTaskTest device = new MqttLinkTaskTest();
            device.clientOptions.republish(republish);
            device.start();
            device.runFor(100);
            device.reading(1, "x");
            device.runtime.turn(device.nowMs);
            device.runtime.turn(device.nowMs); // sent; the answer is not read
            assertEquals(List.of("r=x"), device.broker.received);
            device.broker.session = false;
            device.broker.close();
            device.runFor(2_000);
            assertTrue(device.outbox.empty());
            assertEquals(republish ? 0 : 1, device.outbox.uncertain());
            assertEquals(republish ? 2 : 1, device.broker.received.size());
        }
    }

    @Test
    void aStreamThatNeverOpensIsGivenUp() {
        int[] opens = {0};
        stream = new StreamLink() {
            private int state = CLOSED;

            @Override
            public int open() {
                opens[0]++;
                state = OPENING;
                return Hal.OK;
            }

            @Override
            public int state() {
                return state;
            }

            @Override
            public int send(byte[] bytes, int offset, int length) {
                return Hal.GONE;
            }

            @Override
            public int receive(byte[] into, int offset, int capacity) {
                return Hal.GONE;
            }

            @Override
            public void close() {
                state = CLOSED;
            }
        };
        linkOptions.openTimeoutMs(10_000);
        start();
        runFor(2 * MINUTE);
        assertThat(opens[0]).isBetween(4, 12);
        assertThat(link.unanswered()).isBetween(opens[0] - 1, opens[0]);
    }

    @Test
    void aSubscriptionThatWasNotAnsweredIsAskedForAgain() {
        linkOptions.subscribe("c", 2);
        start();
        runtime.turn(nowMs);
        runtime.turn(nowMs);
        assertThat(broker.packets).contains("CONNECT");
        broker.close();
        runFor(2_000);
        broker.publish(1, "c", "x");
        runFor(100);
        assertEquals(List.of("c=x"), heard);
        assertThat(broker.packets).contains("SUBSCRIBE");
    }
}

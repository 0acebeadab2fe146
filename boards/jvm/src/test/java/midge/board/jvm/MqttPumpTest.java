package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import midge.hal.Hal;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttQuietListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttPumpTest {
    private static final byte[] TOPIC = {'t'};
    private static final byte[] PAYLOAD = new byte[50];
    private static final String CONNACK = "20020000";

    /** Takes what it has room for, and gives one prepared chunk at a time. */
    private static final class Wire implements HostLink {
        final Deque<byte[]> inbound = new ArrayDeque<>();
        final List<byte[]> sent = new ArrayList<>();
        int state = CLOSED;
        int room = Integer.MAX_VALUE;

        @Override
        public int open() {
            state = OPEN;
            return Hal.OK;
        }

        @Override
        public int state() {
            return state;
        }

        @Override
        public int send(byte[] bytes, int offset, int length) {
            int taken = Math.min(room, length);
            if (taken > 0) {
                sent.add(Arrays.copyOfRange(bytes, offset, offset + taken));
                room -= taken;
            }
            return taken;
        }

        @Override
        public int receive(byte[] into, int offset, int capacity) {
            byte[] chunk = inbound.poll();
            if (state == CLOSED) {
                return Hal.GONE;
            }
            if (chunk == null) {
                return 0;
            }
            System.arraycopy(chunk, 0, into, offset, chunk.length);
            return chunk.length;
        }

        void gives(String hex) {
            inbound.add(HexFormat.of().parseHex(hex));
        }

        int octetsSent() {
            return sent.stream().mapToInt(chunk -> chunk.length).sum();
        }

        @Override
        public void close() {
            state = CLOSED;
        }

        @Override
        public String failure() {
            return "";
        }

        @Override
        public boolean isRefusal() {
            return false;
        }

        @Override
        public boolean isFlushed() {
            return true;
        }
    }

    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final Wire wire = new Wire();
    private final MqttClient client = new MqttClient(
            new MqttClientConfig.Builder().window(50).sendBytes(8_192).build(), new MqttQuietListener());
    private final MqttPump pump = new MqttPump(client, wire, idle, clock);

    @BeforeEach
    void connect() {
        wire.open();
        wire.gives(CONNACK);
        assertThat(pump.run(client::isConnected, clock.nowMs() + 5_000)).isTrue();
        wire.sent.clear();
    }

    @AfterEach
    void close() {
        idle.close();
    }

    private int publish(int qos) {
        return client.publish(qos, false, TOPIC, 0, 1, PAYLOAD, 0, PAYLOAD.length, clock.nowMs());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatIsPublishedTogetherLeavesInOneWrite(int qos) {
        for (int i = 0; i < 50; i++) {
            assertThat(publish(qos)).isGreaterThanOrEqualTo(0);
        }
        pump.run(() -> true, 0);
        assertThat(wire.sent).hasSize(1);
        assertThat(wire.octetsSent()).isEqualTo(50 * (2 + 3 + (qos == 0 ? 0 : 2) + 50));
    }

    @Test
    void whatIsPublishedByTheConditionLeavesBeforeTheRest() {
        int[] asked = {0};
        boolean done = pump.run(
                () -> {
                    if (asked[0]++ == 0) {
                        publish(1);
                        wire.gives("40020001");
                    }
                    return asked[0] > 1 && client.unfinished() == 0;
                },
                clock.nowMs() + 5_000);
        assertThat(done).isTrue();
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void answersAndNewMessagesShareAWrite() {
        wire.gives("32060001740007" + "78" + "32060001740008" + "79");
        boolean[] published = {false};
        pump.run(
                () -> {
                    published[0] = published[0] || publish(1) > 0;
                    return wire.octetsSent() >= 4 + 4 + 57;
                },
                clock.nowMs() + 5_000);
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void octetsThatTheLinkHadNoRoomForGoLater() {
        wire.room = 10;
        publish(1);
        pump.run(() -> true, 0);
        assertThat(wire.octetsSent()).isEqualTo(10);
        assertThat(pump.isDrained()).isFalse();
        wire.room = 1_000;
        pump.run(pump::isDrained, clock.nowMs() + 5_000);
        assertThat(wire.octetsSent()).isEqualTo(57);
    }

    @Test
    void theLinkIsClosedOnlyAfterTheGoodbyeHasLeft() {
        wire.room = 1;
        client.disconnect(clock.nowMs());
        pump.run(() -> true, 0);
        assertThat(wire.state()).isEqualTo(HostLink.OPEN);
        wire.room = 1_000;
        pump.run(() -> wire.state() == HostLink.CLOSED, clock.nowMs() + 5_000);
        assertThat(wire.octetsSent()).isEqualTo(2);
        assertThat(pump.isOpened()).isFalse();
    }

    @Test
    void aPacketAgainstTheRulesClosesTheLink() {
        wire.gives("F000");
        pump.run(() -> wire.state() == HostLink.CLOSED, clock.nowMs() + 5_000);
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void unfinishedMessagesGoOutAgainOnTheNextConnection() {
        int token = publish(1);
        pump.run(() -> true, 0);
        wire.close();
        pump.run(() -> !pump.isOpened(), clock.nowMs() + 5_000);
        wire.open();
        wire.gives(CONNACK);
        wire.gives("4002" + HexFormat.of().toHexDigits((short) token));
        pump.run(() -> client.unfinished() == 0, clock.nowMs() + 5_000);
        assertThat(client.unfinished()).isZero();
    }

    @Test
    void aFullWindowIsAnsweredInAnyPieces() {
        StringBuilder acks = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            acks.append("4002").append(HexFormat.of().toHexDigits((short) publish(1)));
        }
        pump.run(() -> true, 0);
        for (int at = 0; at < acks.length(); at += 6) {
            wire.gives(acks.substring(at, Math.min(acks.length(), at + 6)));
        }
        assertThat(pump.run(() -> client.unfinished() == 0, clock.nowMs() + 5_000))
                .isTrue();
    }
}

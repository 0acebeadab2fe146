package midge.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpLink;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand clients sleep while messages for them are published; each wakes up and finds every one of its own, once. */
class SleepersIT {
    private static final int SLEEPERS = Integer.getInteger("midge.sleepers", 2_000);
    private static final int MESSAGES = 3;
    private static final int SLEEP_S = 600;
    /** So many wake up at one time: a socket of the system holds only so many datagrams. */
    private static final int WAVE = 50;
    /** One message under way each; the broker's own limit is far. */
    private static final int WINDOW = 16;

    private static final long PATIENCE_MS = 120_000;
    private static final int PAUSE_MS = 5;

    @TempDir
    private Path folder;

    private final JvmClock clock = new JvmClock();
    private final List<Sleeper> sleepers = new ArrayList<>();
    private SelectorIdle idle;

    @Test
    void messagesPublishedWhileTheySleepArriveOnceEach() throws IOException {
        int port = Mosquitto.freePort();
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program gateway =
                        MidgeProgram.start("gateway", "--broker", broker.uri(), "--listen", "udp://127.0.0.1:" + port);
                SelectorIdle selector = new SelectorIdle(clock);
                ResumingClient publisher =
                        new ResumingClient(4, "publisher", WINDOW, new InetSocketAddress("127.0.0.1", broker.port()))) {
            idle = selector;
            gateway.await("MQTT-SN on", 60_000);
            for (int i = 0; i < SLEEPERS; i++) {
                sleepers.add(new Sleeper(i, listener, selector));
            }
            inWaves(Sleeper::fallAsleep, Sleeper::isAsleep);
            publishAll(publisher);
            inWaves(Sleeper::collect, sleeper -> sleeper.isAsleep() && sleeper.messages.size() >= MESSAGES);
            inWaves(Sleeper::collect, Sleeper::isAsleep); // whatever comes now comes once too often
            for (Sleeper sleeper : sleepers) {
                assertThat(sleeper.messages).isEqualTo(sleeper.expected());
            }
            assertThat(gateway.err()).isEmpty();
        } finally {
            for (Sleeper sleeper : sleepers) {
                sleeper.close();
            }
        }
    }

    private void publishAll(ResumingClient publisher) {
        for (int number = 0; number < MESSAGES; number++) {
            for (Sleeper sleeper : sleepers) {
                publisher.until(() -> publisher.client.isConnected() && publisher.client.unfinished() < WINDOW);
                assertThat(publisher.publish(sleeper.topic(number), "" + number))
                        .isPositive();
            }
        }
        publisher.until(() -> publisher.client.unfinished() == 0);
    }

    /** Has all of them do something, some at a time, again while it has not led to the end. */
    private void inWaves(Act act, Predicate<Sleeper> done) {
        for (int from = 0; from < sleepers.size(); from += WAVE) {
            List<Sleeper> wave = sleepers.subList(from, Math.min(from + WAVE, sleepers.size()));
            wave.forEach(sleeper -> act.on(sleeper, clock.nowMs()));
            run(wave, () -> {
                wave.stream()
                        .filter(sleeper -> sleeper.isAsleep() && !done.test(sleeper))
                        .forEach(sleeper -> act.on(sleeper, clock.nowMs()));
                return wave.stream().allMatch(done);
            });
        }
    }

    /** What a sleeper is asked to do. */
    private interface Act {
        void on(Sleeper sleeper, long nowMs);
    }

    private void run(List<Sleeper> wave, BooleanSupplier condition) {
        long endMs = clock.nowMs() + PATIENCE_MS;
        do {
            if (clock.nowMs() > endMs) {
                throw new AssertionError("nothing more comes: " + wave);
            }
            long nowMs = clock.nowMs();
            for (Sleeper sleeper : wave) {
                sleeper.turn(nowMs);
            }
            idle.until(nowMs + PAUSE_MS);
        } while (!condition.getAsBoolean());
    }

    /** One client, which subscribes at QoS 1 or 2, to a topic or to a filter whose topics it has never heard of, and sleeps. */
    private static final class Sleeper extends SnQuietListener implements AutoCloseable {
        final List<String> messages = new ArrayList<>();

        private final int number;
        private final int qos;
        private final boolean wild;
        private final UdpLink link;
        private final SnClient client;
        private final byte[] frame = new byte[UdpLink.DEFAULT_MTU];
        private boolean subscribed;

        Sleeper(int number, InetSocketAddress gateway, SelectorIdle idle) throws IOException {
            this.number = number;
            qos = 1 + number % 2;
            wild = number % 4 < 2;
            link = new UdpLink(gateway, idle);
            client = new SnClient(SnClientConfig.builder("sleeper-" + number).build(), this);
        }

        String topic(int message) {
            return "sleeper/" + number + (wild ? "/" + message : "/all");
        }

        List<String> expected() {
            List<String> expected = new ArrayList<>();
            for (int message = 0; message < MESSAGES; message++) {
                expected.add(topic(message) + " " + message);
            }
            return expected;
        }

        void fallAsleep(long nowMs) {
            client.connect(nowMs);
        }

        void collect(long nowMs) {
            client.wake(nowMs);
        }

        boolean isAsleep() {
            return client.state() == SnClient.ASLEEP;
        }

        void turn(long nowMs) {
            for (int length; (length = link.receive(frame, 0, frame.length)) > 0; ) {
                client.onDatagram(frame, 0, length, nowMs);
            }
            if (nowMs >= client.nextDeadlineMs()) {
                client.onTimeout(nowMs);
            }
            for (int length; (length = client.pollTransmit(frame, 0, frame.length)) > 0; ) {
                link.send(DatagramLink.GATEWAY, frame, 0, length);
            }
        }

        @Override
        public void onConnected(boolean resumed, long nowMs) {
            if (!subscribed) {
                byte[] filter = ("sleeper/" + number + (wild ? "/#" : "/all")).getBytes(UTF_8);
                client.subscribe(filter, 0, filter.length, SnFlags.ofQos(qos), nowMs);
            }
        }

        @Override
        public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
            subscribed = returnCode == 0 && grantedQos == qos;
            client.sleep(SLEEP_S, nowMs);
        }

        @Override
        public void onMessage(
                int flags,
                int topicId,
                byte[] topic,
                int topicOffset,
                int topicLength,
                byte[] data,
                int dataOffset,
                int dataLength,
                long nowMs) {
            messages.add(new String(topic, topicOffset, topicLength, UTF_8) + " "
                    + new String(data, dataOffset, dataLength, UTF_8));
        }

        @Override
        public String toString() {
            return number + " in state " + client.state() + " with " + messages;
        }

        @Override
        public void close() throws IOException {
            link.close();
        }
    }
}

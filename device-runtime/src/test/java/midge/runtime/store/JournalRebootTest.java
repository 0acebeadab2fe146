package midge.runtime.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.SessionStore;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.FakeBroker;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.MqttLinkTask;
import midge.runtime.task.MqttUplink;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.ReadingListener;
import midge.wire.Prng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device with outbox, session and commands on one journal loses its power at every step of its storage, in the middle of its QoS 2
 * exchanges, and starts again: every reading that it had stored arrives once and in order, and no command is lost.
 */
class JournalRebootTest {
    private static final int READINGS = 5;
    private static final int COMMANDS = 3;
    private static final int READINGS_MAX = 64;
    /** As little storage as the journal takes. */
    private static final int LEAST = 648;

    private static final int MUCH = 100_000;

    /** What outlives the device: its storage, the server, and what an observer has seen. */
    private static final class Ground {
        final CutStorage.Power power = new CutStorage.Power();
        final CutStorage first;
        final CutStorage second;
        final FakeBroker broker;
        final int version;
        final List<String> stored = new ArrayList<>();
        final List<String> commands = new ArrayList<>();
        /** Commands heard when the power ended before their identifier was stored: these may come again. */
        final List<String> unsure = new ArrayList<>();

        final int capacity;
        int offered;
        int published;
        boolean noting;
        int compactions;
        /** What the outbox of the next life holds. */
        int messages = READINGS_MAX;

        String[] topics = {"r"};
        int orphans;

        Ground(int version, int capacity) {
            this.version = version;
            this.capacity = capacity;
            first = new CutStorage(power, capacity);
            second = new CutStorage(power, capacity);
            broker = new FakeBroker(version);
        }

        boolean isDone() {
            return offered == READINGS && published == COMMANDS && broker.unfinished() == 0 && !broker.pending();
        }

        void afterCut(int lost) {
            first.afterCut(lost);
            second.afterCut(lost);
            broker.close();
            if (noting) {
                unsure.add(commands.get(commands.size() - 1));
            }
            noting = false;
        }
    }

    /** One life of the device. */
    private static final class Device {
        private final Ground ground;
        private final DeviceRuntime runtime = new DeviceRuntime(4);
        private final DeviceJournal journal;
        private final MqttLinkTask link;
        private final OutboxTask outbox;
        private long nowMs;

        Device(Ground ground) {
            this.ground = ground;
            journal = new DeviceJournal(ground.first, ground.second, ground.messages, 16, 64, 8, ground.capacity);
            assertThat(journal.open()).isEqualTo(Hal.OK);
            PublishTopics.Builder names = new PublishTopics.Builder();
            for (String topic : ground.topics) {
                names.add(topic, false);
            }
            PublishTopics topics = names.build();
            LinkConfig config =
                    new LinkConfig.Builder().startSpreadMs(0).subscribe("c", 2).build();
            MqttClientConfig.Builder client = new MqttClientConfig.Builder()
                    .version(ground.version)
                    .clientId(new byte[] {'d'})
                    .clean(false)
                    .slotBytes(64);
            if (ground.version == 5) {
                client.sessionExpiryS(600);
            }
            SessionStore store = new Noting(journal.session(), ground);
            link = new MqttLinkTask(runtime, config, client.build(), ground.broker, store, new Prng(7));
            assertThat(journal.session().restore(link.client(), topics, ground.version))
                    .isZero();
            ground.orphans += journal.session().orphans();
            MqttUplink uplink = new MqttUplink(link, topics);
            outbox = new OutboxTask(runtime, journal.outbox(), uplink, ReadingListener.NOBODY, 0);
            link.reportTo(outbox);
            link.deliverTo(0, (topic, to, tl, payload, offset, length, retained, now) -> {
                ground.noting = true;
                ground.commands.add(new String(payload, offset, length, US_ASCII));
            });
            runtime.addPolling(link);
            runtime.add(outbox);
        }

        /** Readings come while it is connected and while it is not; returns when all is done. */
        void live() {
            for (int turns = 0; turns < 500; turns++) {
                if (turns % 3 == 0 && ground.offered < READINGS) {
                    byte[] reading = ("r" + ground.offered++).getBytes(US_ASCII);
                    // When this does not return, the reading may be there or not.
                    if (outbox.accept(0, reading, 0, reading.length, 2, nowMs) >= 0) {
                        ground.stored.add("r=" + new String(reading, US_ASCII));
                    }
                }
                if (turns % 4 == 2 && ground.published < COMMANDS && link.connected()) {
                    ground.broker.publish(2, "c", "c" + ground.published++);
                }
                long next = runtime.turn(nowMs);
                if (next > nowMs && !ground.broker.pending()) {
                    nowMs = Math.min(next, nowMs + 1_000);
                }
                ground.compactions = Math.max(ground.compactions, journal.compactions());
                if (ground.isDone() && outbox.empty() && link.client().unfinished() == 0 && turns > 20) {
                    return;
                }
            }
        }
    }

    /** Sees when a command has been heard and its identifier is being stored. */
    private record Noting(SessionStore store, Ground ground) implements SessionStore {
        @Override
        public int begin() {
            return store.begin();
        }

        @Override
        public int end() {
            return store.end();
        }

        @Override
        public int putMessage(int packetId, byte[] packet, int offset, int length) {
            return store.putMessage(packetId, packet, offset, length);
        }

        @Override
        public int releaseMessage(int packetId) {
            return store.releaseMessage(packetId);
        }

        @Override
        public int removeMessage(int packetId) {
            return store.removeMessage(packetId);
        }

        @Override
        public int putReceived(int packetId) {
            int status = store.putReceived(packetId);
            ground.noting = false;
            return status;
        }

        @Override
        public int removeReceived(int packetId) {
            return store.removeReceived(packetId);
        }
    }

    /** Lives until the power ends. @return whether it did */
    private static boolean cutAfter(Ground ground, long steps) {
        ground.power.stepsLeft = steps;
        try {
            new Device(ground).live();
            return false;
        } catch (CutStorage.PowerCut end) {
            return true;
        }
    }

    private static void judge(Ground ground, String where) {
        List<String> arrived = ground.broker.received;
        assertThat(arrived)
                .as(where)
                .doesNotHaveDuplicates()
                .containsSubsequence(ground.stored)
                .isSorted();
        assertThat(arrived.size()).as(where).isLessThanOrEqualTo(ground.offered);
        List<String> commands = new ArrayList<>(List.of("c0", "c1", "c2"));
        assertThat(ground.commands.stream().distinct().toList()).as(where).isEqualTo(commands);
        commands.addAll(ground.unsure);
        assertThat(commands).as(where).containsAll(ground.commands).hasSizeGreaterThanOrEqualTo(ground.commands.size());
        assertThat(ground.broker.unfinished()).as(where).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aPowerCutAtAnyOctetNeitherLosesNorDoubles(int version) {
        Ground whole = new Ground(version, LEAST);
        assertThat(cutAfter(whole, Long.MAX_VALUE)).isFalse();
        judge(whole, "uncut");
        assertThat(whole.stored).hasSize(READINGS);
        assertThat(whole.compactions).isPositive();
        long steps = whole.power.used;
        assertThat(steps).isGreaterThan(400);
        for (long cut = 0; cut < steps; cut++) {
            int most = 1;
            for (int lost = 0; lost < most; lost += 1 + lost) {
                Ground ground = new Ground(version, LEAST);
                assertThat(cutAfter(ground, cut)).isTrue();
                most = 1 + Math.max(ground.first.unsynced(), ground.second.unsynced());
                ground.afterCut(lost);
                assertThat(cutAfter(ground, Long.MAX_VALUE)).isFalse();
                judge(ground, "cut " + cut + " lost " + lost);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aLifeOfManyPowerCutsNeitherLosesNorDoubles(int version) {
        int cutsInAll = 0;
        for (int seed = 1; seed <= 60; seed++) {
            Prng prng = new Prng(seed);
            Ground ground = new Ground(version, seed % 2 == 0 ? LEAST : MUCH);
            int cuts = 0;
            while (cutAfter(ground, 10 + prng.below(150)) && cuts < 40) {
                ground.afterCut(prng.below(8));
                cuts++;
            }
            cutsInAll += cuts;
            cutAfter(ground, Long.MAX_VALUE);
            judge(ground, "seed " + seed);
        }
        assertThat(cutsInAll).isGreaterThan(200);
    }

    /** The next life has a smaller outbox, or does not know the topic: the message under way is gone, its identifier is not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExchangeWhoseMessageIsGoneIsEndedAndTheNextStartIsWell(boolean smaller) {
        int orphans = 0;
        for (long cut = 100; ; cut++) {
            Ground ground = new Ground(4, MUCH);
            if (!cutAfter(ground, cut)) {
                break;
            }
            ground.afterCut(0);
            ground.messages = smaller ? 1 : READINGS_MAX;
            ground.topics = smaller ? ground.topics : new String[0];
            ground.power.stepsLeft = Long.MAX_VALUE;
            new Device(ground).link.run(0);
            ground.broker.close();
            orphans += ground.orphans;
            ground.orphans = 0;
            ground.messages = READINGS_MAX;
            ground.topics = new String[] {"r"};
            assertThat(cutAfter(ground, Long.MAX_VALUE)).isFalse();
            assertThat(ground.orphans).as("cut " + cut).isZero();
            assertThat(ground.broker.received).as("cut " + cut).doesNotHaveDuplicates();
            assertThat(ground.broker.unfinished()).as("cut " + cut).isZero();
        }
        assertThat(orphans).isPositive();
    }

    @Test
    void whenStorageIsFullTheOldestAreDroppedAndTheRestIsStillSent() {
        Ground ground = new Ground(4, LEAST);
        ground.broker.away = true;
        Device device = new Device(ground);
        for (int i = 0; i < 100; i++) {
            byte[] reading = "r%03d".formatted(i).getBytes(US_ASCII);
            assertThat(device.outbox.accept(0, reading, 0, reading.length, 2, 0))
                    .isEqualTo(i);
            ground.stored.add("r=" + new String(reading, US_ASCII));
        }
        assertThat(device.outbox.depth()).isBetween(10, 20).isEqualTo(100 - device.outbox.dropped());
        ground.offered = READINGS;
        ground.published = COMMANDS;
        ground.broker.away = false;
        int left = device.outbox.depth();
        new Device(ground).live();
        assertThat(ground.broker.received).isEqualTo(ground.stored.subList(100 - left, 100));
    }
}

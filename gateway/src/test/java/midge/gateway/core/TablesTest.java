package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.PredefinedTopics;
import midge.gateway.port.Peer;
import midge.gateway.table.Allotment;
import midge.gateway.table.BlockPool;
import midge.gateway.table.ByteQueue;
import midge.gateway.table.IndexTable;
import midge.gateway.table.MessageQueue;
import midge.gateway.table.NameList;
import midge.gateway.table.TimerHeap;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;

/** The tables and buffers, each run against a plain collection with seeded random operations. */
class TablesTest {
    private final Random random = new Random(42);

    @Test
    void timersExpireInTheOrderOfTheirDeadlines() {
        TimerHeap heap = new TimerHeap(100);
        Map<Integer, Long> model = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            int timer = random.nextInt(100);
            if (random.nextInt(3) > 0) {
                long deadlineMs = random.nextInt(1_000);
                heap.set(timer, deadlineMs);
                model.put(timer, deadlineMs);
            } else if (random.nextBoolean()) {
                heap.stop(timer);
                model.remove(timer);
            } else {
                long nowMs = random.nextInt(1_000);
                long earliest =
                        model.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
                int expired = heap.expire(nowMs);
                assertThat(expired >= 0).isEqualTo(earliest <= nowMs);
                if (expired >= 0) {
                    assertThat(model.remove(expired)).isEqualTo(earliest);
                }
            }
            assertThat(heap.isSet(timer)).isEqualTo(model.containsKey(timer));
            assertThat(heap.earliestMs())
                    .isEqualTo(model.values().stream()
                            .mapToLong(Long::longValue)
                            .min()
                            .orElse(Long.MAX_VALUE));
        }
    }

    @Test
    void indexTableFindsWhatWasAddedAndNothingElse() {
        IndexTable table = new IndexTable(64);
        Map<Integer, Integer> model = new TreeMap<>();
        for (int round = 0; round < 50_000; round++) {
            int value = random.nextInt(64);
            // Few different hashes, so that runs and gaps are common.
            int hash = (value * 7) % 11;
            if (model.containsKey(value)) {
                table.remove(hash, value);
                model.remove(value);
            } else {
                table.add(hash, value);
                model.put(value, hash);
            }
            int asked = random.nextInt(11);
            List<Integer> found = new ArrayList<>();
            for (int at = table.first(asked); at >= 0; at = table.next(at, asked)) {
                found.add(table.value(at));
            }
            List<Integer> expected = new ArrayList<>();
            model.forEach((v, h) -> {
                if (h == asked) {
                    expected.add(v);
                }
            });
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void byteQueueGivesBackWhatItTookInOrder() {
        BlockPool pool = new BlockPool(64 * 1024);
        ByteQueue queue = new ByteQueue(pool);
        ArrayDeque<Byte> model = new ArrayDeque<>();
        byte[] chunk = new byte[700];
        for (int round = 0; round < 20_000; round++) {
            if (random.nextBoolean()) {
                int length = random.nextInt(chunk.length);
                random.nextBytes(chunk);
                if (queue.add(chunk, 0, length)) {
                    for (int i = 0; i < length; i++) {
                        model.add(chunk[i]);
                    }
                } else {
                    assertThat(model.size() + length).isGreaterThan(60_000);
                }
            } else {
                int count = Math.min(queue.contiguous(), random.nextInt(200));
                for (int i = 0; i < count; i++) {
                    assertThat(queue.array()[queue.offset() + i]).isEqualTo(model.remove());
                }
                queue.remove(count);
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
        queue.clear();
        assertThat(pool.usedOctets()).isZero();
    }

    @Test
    void messageQueueKeepsOrderContentsAndMemory() {
        BlockPool pool = new BlockPool(256 * 1024);
        MessageQueue queue = new MessageQueue(pool);
        List<byte[]> payloads = new ArrayList<>();
        List<Integer> messages = new ArrayList<>();
        byte[] topic = "some/topic".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            if (random.nextInt(5) < 3 && messages.size() < 50) {
                byte[] payload = new byte[random.nextInt(600)];
                random.nextBytes(payload);
                int message = queue.add(2, round + 1, topic, 0, topic.length, payload, 0, payload.length);
                assertThat(queue.find(round + 1)).isEqualTo(message);
                messages.add(message);
                payloads.add(payload);
            } else if (!messages.isEmpty()) {
                int place = random.nextInt(messages.size());
                queue.remove(messages.remove(place));
                payloads.remove(place);
            }
            int at = queue.head();
            for (int i = 0; i < messages.size(); i++) {
                assertThat(at).isEqualTo(messages.get(i));
                byte[] copy = new byte[queue.payloadLength(at)];
                queue.copyPayload(at, copy, 0);
                assertThat(copy).isEqualTo(payloads.get(i));
                at = queue.next(at);
            }
            assertThat(at).isEqualTo(MessageQueue.NONE);
            assertThat(queue.count()).isEqualTo(messages.size());
            assertThat(queue.octets())
                    .isEqualTo(payloads.stream()
                            .mapToInt(p -> p.length + topic.length)
                            .sum());
        }
        while (queue.head() != MessageQueue.NONE) {
            queue.remove(queue.head());
        }
        assertThat(pool.usedOctets()).isZero();
    }

    @Test
    void poolGivesNothingBeyondItsBoundAndTakesNothingWhenItCannotGiveAll() {
        BlockPool pool = new BlockPool(64 * 1024);
        int half = pool.take(32 * 1024);
        assertThat(pool.take(32 * 1024 + 1)).isEqualTo(BlockPool.NONE);
        int other = pool.take(32 * 1024);
        assertThat(other).isNotEqualTo(BlockPool.NONE);
        assertThat(pool.take(1)).isEqualTo(BlockPool.NONE);
        pool.give(half);
        assertThat(pool.take(1)).isNotEqualTo(BlockPool.NONE);
        assertThat(pool.heldOctets()).isEqualTo(64 * 1024);
    }

    @Test
    void nameListFindsNamesAfterOthersWereRemoved() {
        NameList list = new NameList(40, new Allotment(100_000));
        List<String> model = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            String name = "n/" + random.nextInt(60) + "/x".repeat(random.nextInt(3));
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            int place = list.find(octets, 0, octets.length);
            assertThat(place).isEqualTo(model.indexOf(name));
            if (place < 0) {
                assertThat(list.add(octets, 0, octets.length, round)).isEqualTo(model.size() < 40 ? model.size() : -1);
                if (model.size() < 40) {
                    model.add(name);
                }
            } else if (random.nextInt(3) == 0) {
                list.remove(place);
                model.remove(place);
            }
            for (int i = 0; i < model.size(); i += 7) {
                String got = new String(list.names(), list.offset(i), list.length(i), StandardCharsets.UTF_8);
                assertThat(got).isEqualTo(model.get(i));
            }
        }
    }

    @Test
    void peersAreEqualByContentAndCopiedWithTheirAttachment() {
        Peer key = Peer.of(1, Hex.bytes("C0 A8 01 0A 07 5C")).attach("socket address");
        Peer kept = new Peer().set(key);
        assertThat(kept).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(kept.attachment()).isEqualTo("socket address");
        key.set(1, Hex.bytes("C0 A8 01 0B 07 5C"), 0, 6);
        assertThat(kept).isNotEqualTo(key);
        assertThat(Peer.of(2, Hex.bytes("C0 A8 01 0A 07 5C"))).isNotEqualTo(kept);
        assertThat(new Peer().set(kept).node(Hex.bytes("00 2A"), 0, 2)).isNotEqualTo(kept);
        assertThat(new Peer().set(kept).node(Hex.bytes("00 2A"), 0, 2)).hasToString("1:c0a8010a075c>002a");
    }

    @Test
    void predefinedTopicsOfAClientGoBeforeThoseOfAll() {
        GatewayConfig config = GatewayConfig.builder()
                .predefined(1, "all/one")
                .predefined(2, "all/two")
                .predefined("c", 1, "own/one")
                .build();
        PredefinedTopics own = config.predefined("c".getBytes(StandardCharsets.UTF_8));
        assertThat(own.name(1)).asString().isEqualTo("own/one");
        assertThat(own.name(2)).asString().isEqualTo("all/two");
        assertThat(own.name(3)).isNull();
        assertThat(config.predefined("d".getBytes(StandardCharsets.UTF_8)).name(1))
                .asString()
                .isEqualTo("all/one");
    }
}

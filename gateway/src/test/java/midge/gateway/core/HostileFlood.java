package midge.gateway.core;

import java.util.Random;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.profile.Hex;

/**
 * Datagrams by the million, random, mutated and good ones mixed, from 250 addresses to a gateway core with 200 sessions, while broker
 * connections open, fail, stall, break and deliver, and time passes. {@link HostileWorld} judges each call. What it prints at the end is
 * counted, and it ends only if the gateway still serves and holds no memory for those who left. docs/fuzzing.md has the command.
 */
final class HostileFlood {
    private static final int SESSIONS = 200;
    private static final int CLIENTS = 250;
    private static final int POOL_MIB = 1;
    private static final int STATES = 6;
    private static final int SAMPLE_EVERY = 1_000;
    /** A tenth of the run fills tables to what they need. */
    private static final int WARM_UP_PART = 10;

    private static final byte[][] FRAMES = octets(HostileTest.CLIENT_FRAMES);
    private static final byte[][] PACKETS = octets(HostileTest.BROKER_PACKETS);

    private final Random random;
    private final HostileWorld world;
    private final byte[] frame = new byte[2_000];
    private final long[] sampled = new long[STATES];
    private long accepted;
    private long mutated;
    private long noise;
    private long answers;
    private long usedMax;

    HostileFlood(long seed) {
        random = new Random(seed);
        world = new HostileWorld(
                GatewayConfig.builder()
                        .topicsPerClient(8)
                        .queueMessages(20)
                        .queueOctets(4_096)
                        .outgoingOctets(2_048)
                        .poolMiB(POOL_MIB)
                        .anyForwarder(true)
                        .unconnectedNames(true)
                        .predefined(5, "site/five"),
                SESSIONS,
                CLIENTS,
                POOL_MIB << 20);
    }

    private static byte[][] octets(String[] samples) {
        byte[][] all = new byte[samples.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = Hex.bytes(samples[i]);
        }
        return all;
    }

    /** Throws when anything is not as it should be. @return what happened, in a few lines */
    String run(int count) {
        long heapBefore = 0;
        for (int i = 0; i < count; i++) {
            if (i == count / WARM_UP_PART) {
                heapBefore = heapOctets();
            }
            datagram(random.nextInt(CLIENTS));
            around();
            if (i % SAMPLE_EVERY == 0) {
                sample();
            }
        }
        long heapAfter = heapOctets();
        if (heapAfter - heapBefore > POOL_MIB << 20) {
            throw new AssertionError("the heap grew from " + heapBefore + " to " + heapAfter);
        }
        String text = report(count, heapBefore, heapAfter);
        world.stillServes();
        return text + "still serves " + SESSIONS + " new clients, and holds 0 octets for those who left";
    }

    private void datagram(int client) {
        int kind = random.nextInt(20);
        if (kind < 4) {
            answers += world.clientAnswers(client) ? 1 : 0;
        }
        int length = kind < 2 ? anything() : known(client);
        if (kind >= 2 && kind < 8) {
            length = mutate(length);
            mutated++;
        } else if (kind >= 8) {
            accepted++;
        } else {
            noise++;
        }
        world.datagram(client, frame, 0, length);
    }

    private int anything() {
        int length = random.nextInt(random.nextInt(20) == 0 ? frame.length : 40);
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) random.nextInt();
        }
        return length;
    }

    /** A frame as a client sends it; CONNECT and PINGREQ carry the client's own id. */
    private int known(int client) {
        byte[] sample = FRAMES[random.nextInt(FRAMES.length)];
        System.arraycopy(sample, 0, frame, 0, sample.length);
        boolean connect = sample.length == 8 && sample[1] == 4;
        boolean wakes = sample.length == 4 && sample[1] == 0x16;
        if (connect || wakes) {
            frame[sample.length - 2] = (byte) ('A' + client / 16);
            frame[sample.length - 1] = (byte) ('A' + client % 16);
        }
        return sample.length;
    }

    private int mutate(int length) {
        int at = length == 0 ? 0 : random.nextInt(length);
        switch (random.nextInt(6)) {
            case 0:
                frame[at] ^= (byte) (1 << random.nextInt(8));
                return length;
            case 1:
                return random.nextInt(length + 1);
            case 2:
                frame[length] = (byte) random.nextInt();
                return length + 1;
            case 3:
                System.arraycopy(FRAMES[random.nextInt(FRAMES.length)], 0, frame, length, 2);
                return length + 2;
            default:
                frame[at] = (byte) random.nextInt();
                return length;
        }
    }

    /** What brokers, network and clock do between two datagrams. */
    private void around() {
        int link = random.nextInt(world.links);
        switch (random.nextInt(40)) {
            case 0 -> world.closes(link);
            case 1 -> world.brokerTakes = random.nextInt(30);
            case 2, 3, 4 -> world.brokerTakes = -1;
            case 5, 6, 7 -> deliver(link);
            case 8 -> {
                byte[] packet = PACKETS[random.nextInt(PACKETS.length)];
                System.arraycopy(packet, 0, frame, 0, packet.length);
                world.broker(link, frame, 0, mutate(packet.length));
            }
            case 9 -> world.pass(random.nextInt(100) == 0 ? random.nextInt(400_000) : random.nextInt(2_000));
            default -> {
                for (int i = 0; i < world.links / 8; i++) {
                    link = (link + 1) % world.links;
                    world.opens(link, random.nextInt(50) > 0);
                    world.brokerAnswers(link, random.nextBoolean());
                }
            }
        }
    }

    /** Often more at once than a queue takes. */
    private void deliver(int link) {
        for (int n = random.nextInt(40); n >= 0; n--) {
            byte[] packet = PACKETS[4 + random.nextInt(4)].clone();
            packet[6] = (byte) ('a' + random.nextInt(12));
            if (packet.length == 10) {
                packet[8] = (byte) (1 + random.nextInt(30));
            }
            world.broker(link, packet, 0, packet.length);
        }
        world.writable(link);
    }

    private void sample() {
        for (int i = 0; i < world.core.sessions().count(); i++) {
            sampled[world.core.sessions().get(i).state()]++;
        }
        usedMax = Math.max(usedMax, world.core.usedOctets());
    }

    private String report(int count, long heapBefore, long heapAfter) {
        long all = 0;
        for (long n : sampled) {
            all += n;
        }
        StringBuilder text = new StringBuilder(String.format(
                "%,d datagrams: %,d good, %,d mutated, %,d noise; and %,d answers%n",
                count, accepted, mutated, noise, answers));
        text.append("sessions were");
        for (int i = 0; i < STATES; i++) {
            text.append(String.format(" %s %.1f %%", SessionState.name(i), 100.0 * sampled[i] / Math.max(1, all)));
        }
        text.append(String.format(
                "%n%,d datagrams out, %,d dropped as malformed, %,d dropped by full queues, %,d broker connections lost, %,d sessions evicted%n",
                world.datagramsOut,
                world.core.counters().value(GatewayCounters.DROP_MALFORMED),
                world.core.counters().value(GatewayCounters.DROP_QUEUE_QOS0)
                        + world.core.counters().value(GatewayCounters.DROP_QUEUE),
                world.core.counters().value(GatewayCounters.BROKER_LOST),
                world.core.counters().value(GatewayCounters.SESSIONS_EVICTED)));
        text.append(String.format(
                "heap %,d octets after a tenth, %,d at the end; queues and buffers at most %,d of %,d%n",
                heapBefore, heapAfter, usedMax, (long) POOL_MIB << 20));
        return text.toString();
    }

    private static long heapOctets() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

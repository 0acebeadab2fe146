package midge.gateway.core;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.gateway.app.PacketLog;
import midge.gateway.config.GatewayConfig;
import midge.profile.Hex;

/**
 * The gateway between clients and brokers that do anything: {@code |options|steps|}, each step an octet and its arguments: any datagram,
 * any octets of a broker, also the right answer to what came last, connections that open, fail, stall and break, time that leaps.
 * {@link HostileWorld} judges; at the end new clients must be served and nothing may be held for those that left.
 */
public final class GatewayCoreFuzz implements FuzzTarget {
    private static final int STEPS = 16;
    private static final int SESSIONS = 3;
    private static final int CLIENTS = 4;
    private static final long POOL_BOUND = (SESSIONS + 1) * 16_384L;

    private static HostileWorld world(int options) {
        HostileWorld world = new HostileWorld(
                GatewayConfig.builder()
                        .topicsPerClient(6)
                        .queueMessages((options & 1) != 0 ? 3 : 20)
                        .queueOctets(4_096)
                        .outgoingOctets(2_048)
                        .poolMiB(1)
                        .upstreamWindow((options & 2) != 0 ? 3 : 1)
                        .anyForwarder(true)
                        .unconnectedNames(true)
                        .predefined(5, "site/five")
                        .predefined("c1", 6, "own/six"),
                SESSIONS,
                CLIENTS,
                POOL_BOUND);
        if ((options & 4) != 0) {
            world.core.observe(new PacketLog(world.core, line -> {}));
        }
        return world;
    }

    @Override
    public void fuzz(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        HostileWorld world = world(in.octet());
        for (int i = 0; i < 500 && !in.isEmpty(); i++) {
            step(world, in);
        }
        world.stillServes();
    }

    private static void step(HostileWorld world, FuzzInput in) {
        switch (in.below(STEPS)) {
            case 0 -> world.datagram(in.below(CLIENTS), in.field());
            case 1 -> world.datagram(in.below(CLIENTS), known(in));
            case 2 -> world.broker(in.below(SESSIONS + 1), in.field());
            case 3 -> world.broker(in.below(SESSIONS + 1), Hex.bytes(pick(HostileTest.BROKER_PACKETS, in)));
            case 4 -> world.opens(in.below(SESSIONS + 1), in.octet() % 8 != 7);
            case 5 -> world.brokerAnswers(in.below(SESSIONS + 1), in.bool());
            case 6 -> world.clientAnswers(in.below(CLIENTS));
            case 7 -> world.pass(in.u16());
            case 8 -> world.pass(in.octet() * 1_000L);
            case 9 -> world.closes(in.below(SESSIONS + 1));
            case 10 -> world.writable(in.below(SESSIONS + 1));
            case 11 -> world.brokerTakes = in.octet() - 1;
            case 12 -> connect(world, in);
            case 13 -> world.broker(in.below(SESSIONS + 1), publish(in));
            case 14 -> {
                world.brokerAnswers(in.below(SESSIONS + 1), false);
                world.clientAnswers(in.below(CLIENTS));
            }
            default -> {
                world.brokerTakes = -1;
                if (in.bool()) {
                    world.broker(in.below(SESSIONS + 1), large(in));
                }
            }
        }
    }

    private static String pick(String[] samples, FuzzInput in) {
        return samples[in.below(samples.length)];
    }

    /** A frame that a client might send, with two octets of its own choice. */
    private static byte[] known(FuzzInput in) {
        byte[] frame = Hex.bytes(pick(HostileTest.CLIENT_FRAMES, in));
        int at = in.octet();
        if (at < frame.length) {
            frame[at] = (byte) in.octet();
        }
        return frame;
    }

    /** A client connects and is accepted. */
    private static void connect(HostileWorld world, FuzzInput in) {
        int client = in.below(CLIENTS);
        world.datagram(client, new byte[] {8, 4, (byte) (in.octet() & 0x0C), 1, 0, 60, 'c', (byte) ('1' + client)});
        world.clientAnswers(client);
        world.clientAnswers(client);
        for (int link = 0; link <= SESSIONS; link++) {
            world.opens(link, true);
            world.brokerAnswers(link, false);
        }
    }

    private static byte[] publish(FuzzInput in) {
        int qos = in.below(3);
        byte[] packet = Hex.bytes(qos == 0 ? "30 06 00 03 61 2F 30 31" : "32 08 00 03 61 2F 30 00 00 31");
        packet[0] |= (byte) (qos << 1);
        packet[6] = (byte) ('0' + in.octet() % 10);
        if (qos > 0) {
            packet[0] = (byte) (0x30 | qos << 1);
            packet[8] = (byte) (1 + in.octet() % 20);
        }
        return packet;
    }

    /** The beginning of a PUBLISH that may exceed every bound. */
    private static byte[] large(FuzzInput in) {
        int remaining = in.u16();
        byte[] packet = new byte[4 + in.u16() % (remaining + 1)];
        byte[] head = {
            0x30, (byte) (remaining & 0x7F | 0x80), (byte) (remaining >> 7 & 0x7F | 0x80), (byte) (remaining >> 14)
        };
        System.arraycopy(head, 0, packet, 0, head.length);
        if (packet.length > 8) {
            System.arraycopy(new byte[] {0, 3, 'a', '/', '0'}, 0, packet, 4, 5);
        }
        return packet;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String connected = "0C 00 04 0C 01 08 ";
        for (String frame : HostileTest.CLIENT_FRAMES) {
            byte[] octets = Hex.bytes(frame);
            String step = String.format("00 00 %02X ", octets.length) + frame;
            seeds.add(Hex.bytes("00 " + connected + step + " 0E 00 00 0E 00 00"));
            seeds.add(Hex.bytes("04 " + connected + "01 00 1B FF " + step + " 0D 00 01 01 01 07 10 00 " + step));
            seeds.add(Hex.bytes("02 " + step + " 04 00 00 05 00 00 06 00 06 00 " + step));
        }
        for (String packet : HostileTest.BROKER_PACKETS) {
            byte[] octets = Hex.bytes(packet);
            String step = String.format("02 00 %02X ", octets.length) + packet;
            seeds.add(Hex.bytes("00 " + connected + step + " 06 00 05 00 00 06 00 08 20"));
            seeds.add(
                    Hex.bytes("01 " + connected + "01 00 1B FF " + step + step + " 01 00 17 FF 06 00 05 00 00 06 00"));
        }
        seeds.add(Hex.bytes("00 " + connected + "01 00 13 FF 0F 01 00 7F FF 10 00 09 00 08 05 0C 00 04 06 00"));
        seeds.add(Hex.bytes(
                "00 " + connected + "01 00 13 FF 0E 00 00 0F 01 00 40 10 40 08 0F 01 00 40 10 40 10 05 00 00"));
        return seeds;
    }
}

package midge.mqtt.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.profile.Hex;

/**
 * One client between an application and a server that both do anything: {@code |version|options:2|steps|}, each step an octet and its
 * arguments. What the client writes must be packets that a server takes, every token is reported once, no deadline stays in the past,
 * and a good server at the end finds a client that connects and finishes all that it has begun.
 */
public final class MqttClientFuzz implements FuzzTarget {
    static final int OPEN = 0;
    static final int CLOSE = 1;
    static final int PUBLISH = 2;
    static final int PULLED = 3;
    static final int SUBSCRIBE = 4;
    static final int UNSUBSCRIBE = 5;
    static final int POLL = 6;
    static final int PASS = 7;
    static final int DISCONNECT = 8;
    static final int AUTHENTICATE = 9;
    static final int BYTES = 10;
    static final int CONNACK = 11;
    static final int ACK = 12;
    static final int CLEAN = 13;
    static final int DRAIN = 14;
    private static final int STEPS = 15;
    private static final byte[] NONE = {};
    private static final String[] NAMES = {
        "t", "a/b/c", "longer/than/an/alias/slot/may/be", "a/+", "$share/g/a", "#", ""
    };

    @Override
    public void fuzz(byte[] data) {
        new Run(new FuzzInput(data)).all();
    }

    private static final class Run {
        private final FuzzInput in;
        private final int version;
        private final FuzzListener heard;
        private final MqttClient client;
        private final ServerJudge judge;
        private long nowMs = 1L << 40;
        private byte[] waiting = NONE;
        private int polled;

        Run(FuzzInput in) {
            this.in = in;
            version = 3 + in.below(3);
            int options = in.u16();
            heard = new FuzzListener(options);
            client = new MqttClient(config(options).build(), heard, heard);
            heard.client = client;
            judge = new ServerJudge(version);
        }

        private MqttClientConfig.Builder config(int options) {
            MqttClientConfig.Builder config = Script.v311()
                    .version(version)
                    .clean((options & 1) != 0)
                    .adoptSession((options & 2) != 0)
                    .republish((options & 4) != 0)
                    .keepAliveS((options & 8) != 0 ? 10 : 0)
                    .window(1 + (options >> 4 & 3))
                    .receiveMax(1 + (options >> 6 & 1))
                    .requestsMax(2)
                    .slotBytes(64)
                    .sendBytes((options & 0x80) != 0 ? 128 : 300)
                    .packetSizeMax((options & 0x100) != 0 ? 64 : 2_000);
            if ((options & 0x200) != 0) {
                config.will(Script.bytes("w"), Script.bytes("gone"), 1, true)
                        .userName(Script.bytes("u"))
                        .password(Script.bytes("p"));
            }
            if (version == 5) {
                config.topicAliasMax(2)
                        .topicAliasesOut(2)
                        .aliasTopicBytes(16)
                        .sessionExpiryS((options & 0x400) != 0 ? 60 : 0)
                        .requestProblemInformation((options & 0x800) != 0);
                if ((options & 0x1000) != 0) {
                    config.authentication(Script.bytes("M"), Script.bytes("d"));
                }
            }
            return config;
        }

        void all() {
            if (in.bool()) {
                restore();
            }
            for (int i = 0; i < 400 && !in.isEmpty(); i++) {
                step(in.below(STEPS));
                offer();
                long before = client.nextDeadlineMs();
                if (nowMs >= before) {
                    client.onTimeout(nowMs);
                }
                check(client.nextDeadlineMs() > nowMs, "a deadline that does not pass");
                check(client.unfinished() == heard.outstanding(), "messages unfinished and not reported");
                if (client.wantsClose() && in.bool()) {
                    poll(1 << 16);
                    close();
                }
            }
            finish();
        }

        private void restore() {
            client.restoreSession();
            byte[] packet = in.field();
            if (client.restoreMessage(packet, 0, packet.length) == 0) {
                heard.restored((packet[restoredIdAt(packet)] & 0xFF) << 8 | packet[restoredIdAt(packet) + 1] & 0xFF);
            }
            int id = 1 + in.octet();
            if (client.restoreReleased(id) == 0) {
                heard.restored(id);
            }
            client.restoreReceived(1 + in.octet());
        }

        /** |30|length:1..4|topic length:2|topic|id:2|. */
        private static int restoredIdAt(byte[] packet) {
            int at = 1;
            while (packet[at] < 0) {
                at++;
            }
            return at + 3 + ((packet[at + 1] & 0xFF) << 8 | packet[at + 2] & 0xFF);
        }

        private void step(int kind) {
            switch (kind) {
                case OPEN -> open();
                case CLOSE -> close();
                case PUBLISH -> {
                    byte[] t = name();
                    byte[] bare = in.bool() ? in.field() : NONE;
                    byte[] p = new byte[in.octet()];
                    int qos = in.octet() & 3;
                    heard.began(client.publish(
                            qos, in.bool(), t, 0, t.length, bare, 0, bare.length, p, 0, p.length, nowMs));
                }
                case PULLED -> {
                    byte[] t = name();
                    int length = in.u16() % 700;
                    heard.began(client.publishPulled(in.octet() & 3, false, t, 0, t.length, NONE, 0, 0, length, nowMs));
                }
                case SUBSCRIBE -> {
                    byte[] list = new byte[64];
                    byte[] f = name();
                    byte[] bare = in.bool() ? in.field() : NONE;
                    int n = MqttSubscribe.entry(list, 0, list.length, f, 0, f.length, in.octet());
                    client.subscribe(list, 0, Math.max(0, n), bare, 0, bare.length, nowMs);
                }
                case UNSUBSCRIBE -> {
                    byte[] list = new byte[64];
                    byte[] f = name();
                    int n = MqttUnsubscribe.entry(list, 0, list.length, f, 0, f.length);
                    client.unsubscribe(list, 0, Math.max(0, n), NONE, 0, 0, nowMs);
                }
                case POLL -> poll(in.octet());
                case PASS -> nowMs += in.u16();
                case DISCONNECT -> {
                    byte[] bare = in.bool() ? in.field() : NONE;
                    client.disconnect(in.octet(), bare, 0, bare.length, nowMs);
                }
                case AUTHENTICATE -> {
                    byte[] d = in.field();
                    client.authenticate(in.bool() ? 0x18 : 0x19, d, 0, d.length, nowMs);
                }
                case BYTES -> waits(in.field());
                case CONNACK -> waits(connack(in.bool()));
                case ACK -> waits(new byte[] {(byte) (in.octet() & 0xF2), 2, 0, (byte) in.octet()});
                case CLEAN -> client.clean(in.bool());
                default -> poll(1 << 16);
            }
        }

        private byte[] name() {
            return Script.bytes(NAMES[in.below(NAMES.length)]);
        }

        private byte[] connack(boolean present) {
            return version == 5
                    ? new byte[] {0x20, 3, (byte) (present ? 1 : 0), 0, 0}
                    : new byte[] {0x20, 2, (byte) (present ? 1 : 0), 0};
        }

        private void open() {
            if (!judge.isOpen()) {
                judge.open();
                client.onOpen(nowMs);
            }
        }

        private void close() {
            client.onClosed(nowMs);
            judge.close();
            waiting = NONE;
        }

        /** Nothing comes in without a stream. */
        private void waits(byte[] octets) {
            if (judge.isOpen() && waiting.length < 4_000) {
                int had = waiting.length;
                waiting = Arrays.copyOf(waiting, had + octets.length);
                System.arraycopy(octets, 0, waiting, had, octets.length);
            }
        }

        private void offer() {
            if (waiting.length == 0) {
                return;
            }
            Fenced octets = Fenced.of(waiting, polled & 0xFF);
            int taken = client.onBytes(octets.array, octets.offset, octets.length, nowMs);
            octets.check();
            check(taken >= 0 && taken <= waiting.length, "took " + taken + " of " + waiting.length);
            waiting = Arrays.copyOfRange(waiting, taken, waiting.length);
        }

        private int poll(int capacity) {
            int all = 0;
            for (int n = 1; n > 0 && all < 100_000; all += n) {
                Fenced room = Fenced.room(Math.min(capacity, 700), polled++ & 0xFF);
                n = client.pollTransmit(room.array, room.offset, room.length);
                room.check();
                check(n >= 0 && n <= room.length, "gave " + n + " of " + room.length);
                judge.octets(room.copy(n));
            }
            check(all < 100_000, "never stops sending");
            return all;
        }

        /** A server as it should be: everything comes to an end. */
        private void finish() {
            heard.calm();
            close();
            client.clean(true);
            open();
            poll(1 << 16);
            byte[] accept = connack(false);
            client.onBytes(accept, 0, accept.length, nowMs);
            check(client.isConnected(), "does not connect again");
            for (int i = 0; i < 200; i++) {
                poll(1 << 16);
                byte[] answers = judge.takeAnswers();
                if (answers.length == 0) {
                    break;
                }
                waits(answers);
                offer();
                check(i < 199, "never comes to rest");
            }
            check(client.isConnected(), "loses a good connection: " + heard.failure());
            check(client.unfinished() == 0 && heard.outstanding() == 0, "does not finish " + client.unfinished());
        }

        private static void check(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String connected = "00 0E 0B 00 0E ";
        String options = " 04 F8 00 ";
        for (int version = 0; version < 3; version++) {
            String head = "0" + version + options;
            seeds.add(Hex.bytes(head + connected + "02 00 00 03 01 00 0E 0C 40 01 0E 07 40 00 0E"));
            seeds.add(Hex.bytes(head + connected + "02 01 00 03 02 00 0E 0C 50 01 0E 01 00 0E 0B 01 0E 0C 70 01"));
            seeds.add(Hex.bytes(head + connected + "03 01 01 00 02 06 09 01 00 0E 0B 01 0E 0C 50 01 0E"));
            seeds.add(Hex.bytes(head + connected + "04 03 00 01 0E 0A 05 90 03 00 01 01 05 03 0E 08 00 00 0E"));
            for (String packet : HostileServerTest.PACKETS) {
                byte[] octets = Hex.bytes(packet);
                seeds.add(Hex.bytes(head + connected + String.format("0A %02X ", octets.length) + packet));
            }
        }
        return seeds;
    }
}

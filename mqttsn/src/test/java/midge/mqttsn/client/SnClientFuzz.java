package midge.mqttsn.client;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.mqttsn.codec.Frames;
import midge.mqttsn.codec.SnText;
import midge.profile.Hex;

/**
 * One client between an application and a gateway that both do anything: {@code |options|steps|}, each step an octet and its arguments.
 * What the client writes must be frames that a gateway takes, every token is reported once, no deadline stays in the past, and an honest
 * gateway at the end finds a client that connects and finishes all that it was asked for.
 */
public final class SnClientFuzz implements FuzzTarget {
    private static final int STEPS = 16;
    private static final int FRAME_MAX = 300;
    private static final String[] NAMES = {"a/b", "t1", "site/valve", "sens/temp1", "a/#", "", "+", "x/y/z/far/too/long"
    };
    private static final List<String> REFUSALS = List.of("MALFORMED", "TRUNCATED", "UNSUPPORTED");

    @Override
    public void fuzz(byte[] data) {
        new Run(new FuzzInput(data)).all();
    }

    private static final class Run {
        private final FuzzInput in;
        private final TokenListener heard = new TokenListener();
        private final SnClient client;
        private final HonestAnswers honest = new HonestAnswers();
        private long nowMs = 1L << 40;
        private int polled;

        Run(FuzzInput in) {
            this.in = in;
            client = new SnClient(config(in.octet()), heard);
        }

        private static SnClientConfig config(int options) {
            SnClientConfig.Builder b = Script.defaults()
                    .retryMs(500)
                    .waitMs(2_000)
                    .topics(3)
                    .topicOctets(20)
                    .replies(2)
                    .inboundIds(2)
                    .outboxOctets(100)
                    .frameOctetsMax((options & 1) != 0 ? FRAME_MAX : 40)
                    .cleanSession((options & 2) != 0)
                    .predefined(5, "site/valve");
            if ((options & 4) != 0) {
                b.will("dev/lwt", new byte[3], 0).willRoom(9, 9);
            }
            return (options & 8) != 0 ? b.fullNames().build() : b.build();
        }

        void all() {
            for (int i = 0; i < 400 && !in.isEmpty(); i++) {
                step(in.below(STEPS));
                settle();
                check(client.outboxCount() >= 0 && client.outboxFreeOctets() >= 0, "the outbox is overfull");
                check(client.outboxCount() == heard.outstanding(), "requests unfinished and not reported");
            }
            finish();
        }

        private void settle() {
            if (nowMs >= client.nextDeadlineMs()) {
                client.onTimeout(nowMs);
            }
            poll();
            check(client.nextDeadlineMs() > nowMs, "a deadline that does not pass");
        }

        private void step(int kind) {
            switch (kind) {
                case 0 -> client.connect(nowMs);
                case 1 -> client.connect(in.octet() & 0x0C, nowMs);
                case 2 -> client.sleep(in.octet(), nowMs);
                case 3 -> client.wake(nowMs);
                case 4 -> client.disconnect(nowMs);
                case 5 -> {
                    byte[] n = name();
                    heard.began(client.subscribe(n, 0, n.length, in.octet(), nowMs));
                }
                case 6 -> {
                    byte[] n = name();
                    heard.began(client.unsubscribe(n, 0, n.length, nowMs));
                }
                case 7 -> {
                    byte[] n = name();
                    heard.began(client.register(n, 0, n.length, nowMs));
                }
                case 8 -> {
                    byte[] d = new byte[in.octet()];
                    heard.began(client.publish(in.below(12), in.octet(), d, 0, d.length, nowMs));
                }
                case 9 -> {
                    byte[] n = name();
                    byte[] d = new byte[in.octet()];
                    heard.began(client.publish(n, 0, n.length, in.octet(), d, 0, d.length, nowMs));
                }
                case 10 -> {
                    byte[] n = name();
                    heard.began(client.updateWillTopic(in.octet(), n, 0, n.length, nowMs));
                }
                case 11 -> {
                    byte[] d = new byte[in.below(12)];
                    heard.began(client.updateWillMessage(d, 0, d.length, nowMs));
                }
                case 12 -> nowMs += in.bool() ? in.u16() : in.octet() * 1_000L;
                case 13 ->
                    heard.began(
                            in.bool()
                                    ? client.subscribe(in.u16(), in.octet(), nowMs)
                                    : client.unsubscribe(in.u16(), in.octet(), nowMs));
                case 14 -> answer(honest.lastAnswer());
                default -> answer(in.field());
            }
        }

        private byte[] name() {
            return Script.utf8(NAMES[in.below(NAMES.length)]);
        }

        private void answer(byte[] frame) {
            Fenced f = Fenced.of(frame, polled++ & 0xFF);
            client.onDatagram(f.array, f.offset, f.length, nowMs);
            f.check();
        }

        private void poll() {
            int frames = 0;
            int n = 1;
            while (n > 0) {
                Fenced room = Fenced.room(FRAME_MAX, polled++ & 0xFF);
                n = client.pollTransmit(room.array, room.offset, room.length);
                check(n >= 0, "status " + n);
                room.check();
                byte[] frame = room.copy(n);
                check(n == 0 || !REFUSALS.contains(SnText.of(frame)), "writes " + Hex.of(frame));
                if (n > 0) {
                    honest.onFrame(frame);
                }
                check(++frames < 50, "never stops sending");
            }
        }

        /** A gateway as it should be: everything comes to an end. */
        private void finish() {
            int unfinished = 0;
            for (int i = 0; i < 1_000; i++) {
                if (client.state() == SnClient.DISCONNECTED || client.state() == SnClient.LOST) {
                    client.connect(nowMs);
                } else if (client.state() == SnClient.ASLEEP) {
                    client.connect(nowMs);
                }
                poll();
                byte[] answer = honest.takeAnswer();
                unfinished = client.outboxCount();
                if (answer != null) {
                    answer(answer);
                } else if (client.state() == SnClient.ACTIVE && unfinished == 0) {
                    check(heard.outstanding() == 0, "requests done and not reported");
                    return;
                } else {
                    check(client.nextDeadlineMs() < Long.MAX_VALUE, "waits for nothing in state " + client.state());
                    nowMs = Math.max(nowMs, client.nextDeadlineMs());
                    settle();
                }
            }
            check(false, "state " + client.state() + " with " + unfinished + " unfinished");
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
        String connected = "00 0E ";
        for (String steps : new String[] {
            "09 00 03 20 0E 0E 09 00 03 40 0E 0E 0E",
            "05 01 20 0E 06 01 0E 07 03 0E",
            "02 14 0E 0C 00 13 0F 04 16 61 62 63 0E 03 0E",
            "0A 03 20 0E 0B 05 0E 04 0E",
            "08 05 04 21 0E 08 05 04 E1",
            "0C 00 FF 0E 0C 00 FF 0C 00 FF",
        }) {
            seeds.add(Hex.bytes("01" + connected + steps));
            seeds.add(Hex.bytes("0F" + "00 0E 0E 0E" + steps));
        }
        for (Frames.Frame frame : Frames.all()) {
            if (frame.octets().length < 256) {
                String octets = String.format("0F %02X ", frame.octets().length) + Hex.of(frame.octets());
                seeds.add(Hex.bytes("01" + connected + octets));
                seeds.add(Hex.bytes("07 00 0E 0E 0E 02 14 0E" + octets));
            }
        }
        return seeds;
    }
}

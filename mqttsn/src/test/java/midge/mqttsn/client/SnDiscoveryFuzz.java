package midge.mqttsn.client;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.mqttsn.codec.SnText;
import midge.profile.Hex;

/**
 * Discovery among gateways and clients that say anything: {@code |room|answers|seed|steps|}. It writes only SEARCHGW and GWINFO, tells of a gateway before
 * it is gone, and not twice unless it was lost, keeps addresses inside the room that it is given, and its deadlines pass.
 */
public final class SnDiscoveryFuzz implements FuzzTarget {
    private static final int FRAME_MAX = 30;

    @Override
    public void fuzz(byte[] data) {
        new Run(new FuzzInput(data)).all();
    }

    private static final class Run implements SnDiscoveryListener {
        private final FuzzInput in;
        private final SnDiscovery discovery;
        private final boolean[] known = new boolean[256];
        private final boolean[] heard = new boolean[256];
        private long nowMs = 1L << 40;

        Run(FuzzInput in) {
            this.in = in;
            SnDiscoveryConfig config = new SnDiscoveryConfig().gateways(1 + in.below(4));
            discovery = new SnDiscovery(in.bool() ? config.answers() : config, this, 1 + in.octet());
        }

        void all() {
            for (int i = 0; i < 400 && !in.isEmpty(); i++) {
                step(in.below(6));
                if (nowMs >= discovery.nextDeadlineMs()) {
                    discovery.onTimeout(nowMs);
                }
                poll(i);
                check(discovery.nextDeadlineMs() > nowMs, "a deadline that does not pass");
                check(discovery.best() < 0 || heard[discovery.best()], "the best gateway was never heard");
            }
        }

        private void step(int kind) {
            switch (kind) {
                case 0 -> discovery.search(nowMs);
                case 1 -> {
                    int gwId = in.octet();
                    known[gwId] = false; // it is told of again when it is heard again
                    discovery.lost(gwId, nowMs);
                }
                case 2 -> {
                    byte[] address = in.field();
                    discovery.knowAddress(in.octet(), address, 0, address.length);
                }
                case 3 -> nowMs += in.u16() * (in.bool() ? 1L : 1_000L);
                case 4 -> {
                    Fenced room = Fenced.room(in.below(20), 0xA5);
                    int n = discovery.address(in.octet(), room.array, room.offset, room.length);
                    check(n <= room.length, "an address of " + n);
                    room.check();
                }
                default -> {
                    Fenced f = Fenced.of(in.field(), 0xFF);
                    discovery.onDatagram(f.array, f.offset, f.length, in.octet() - 1, nowMs);
                    f.check();
                }
            }
        }

        private void poll(int fence) {
            int frames = 0;
            int n = 1;
            while (n > 0) {
                Fenced room = Fenced.room(FRAME_MAX, fence & 0xFF);
                n = discovery.pollTransmit(room.array, room.offset, room.length);
                check(n >= 0, "status " + n);
                room.check();
                String text = SnText.of(room.copy(n));
                check(n == 0 || text.startsWith("SEARCHGW") || text.startsWith("GWINFO"), "writes " + text);
                check(++frames < 10, "never stops sending");
            }
        }

        @Override
        public void onGateway(int gwId, long now) {
            check(!known[gwId], "told twice");
            known[gwId] = true;
            heard[gwId] = true;
        }

        @Override
        public void onGatewayGone(int gwId, long now) {
            check(known[gwId], "gone before it was there");
            known[gwId] = false;
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
        for (String hex : new String[] {
            "03 01 00 05 05 05 00 01 03 84 07 05 05 05 00 02 03 84 08 01 01 04 09 02",
            "01 01 00 00 03 00 FF 01 05 03 02 02 01 07 05 07 02 01 C0 A8 01 0A 07",
            "00 00 00 05 05 05 00 01 03 84 07 02 04 C0 A8 01 0A 01 04 04 01 04 03 01 04 00 01",
            "00 01 00 02 04 C0 A8 01 0A 01 05 05 05 00 01 03 84 07 05 03 01 01 09 03 FF FF 00",
        }) {
            seeds.add(Hex.bytes(hex));
        }
        return seeds;
    }
}

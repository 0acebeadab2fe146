package midge.hal.link;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.profile.Hex;

/**
 * A link behind a module that says anything: {@code |peers|steps|}. What it hands out fits the room, comes from a peer with a number in
 * range, and every octet is looked at once.
 */
public final class XBeeLinkFuzz implements FuzzTarget {
    @Override
    public void fuzz(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        FuzzPort port = new FuzzPort(in);
        int peers = in.below(3);
        XBeeLink link = new XBeeLink(port, new XBeeFraming(74, in.bool()), XBeeFrame.COORDINATOR, peers);
        for (int i = 0; i < 200 && !in.isEmpty(); i++) {
            switch (in.below(3)) {
                case 0 -> send(link, in.octet() % 5 - 2, in.field());
                case 1 -> receive(link, in.octet(), peers);
                default -> {
                    port.arrives();
                    receive(link, in.octet() % 64, peers);
                    int frames = 0;
                    while (receive(link, 100, peers) > 0) {
                        check(++frames < 100, "frames out of nothing");
                    }
                    check(port.isEmpty(), "octets stay on the line");
                }
            }
            check(link.mtu() >= 1 && link.mtu() <= 60, "mtu " + link.mtu());
        }
    }

    private static void send(XBeeLink link, int peer, byte[] payload) {
        Fenced f = Fenced.of(payload, 0xA5);
        int sent = link.send(peer, f.array, f.offset, f.length);
        check(sent <= 0 || sent == payload.length, "sent " + sent);
        f.check();
    }

    private static int receive(XBeeLink link, int capacity, int peers) {
        Fenced room = Fenced.room(capacity, 0x5A);
        int length = link.receive(room.array, room.offset, room.length);
        room.check();
        check(length <= capacity, "received " + length);
        check(link.lastPeer() <= peers, "peer " + link.lastPeer());
        check(length <= 0 || link.lastPeer() >= 0, "a frame from peer " + link.lastPeer());
        return length;
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String line : new String[] {
            "7E 00 07 88 52 4E 50 00 00 54 33",
            "7E 00 7D 31 90 00 7D 33 A2 00 40 AA BB CC 12 34 01 02 17 5F",
            "7E 00 0E 90 00 7D 33 A2 00 40 7D 31 22 33 12 34 01 02 16 B5",
            "7E 00 07 8B 01 12 34 00 24 00 09",
            "7E 00 02 8A 00 75",
            "7E 00 02 23 7D 31 CB 7E 00 01 90 6F",
        }) {
            byte[] octets = Hex.bytes(line);
            for (String head : new String[] {"01 01", "02 00", "00 01"}) {
                seeds.add(Hex.bytes(
                        head + String.format(" 00 02 02 02 17 02 %02X ", octets.length) + line + " 01 00 03 02 02 17"));
            }
        }
        return seeds;
    }
}

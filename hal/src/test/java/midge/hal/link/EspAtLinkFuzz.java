package midge.hal.link;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;

/**
 * A link behind a modem that says anything: {@code |steps|}. What it hands out fits the room, its deadlines pass, and when the modem
 * comes to its senses the link comes up and carries a datagram.
 */
public final class EspAtLinkFuzz implements FuzzTarget {
    private static final int MTU = 60;

    @Override
    public void fuzz(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        FuzzPort port = new FuzzPort(in);
        EspAtUdpLink link = new EspAtUdpLink(port, new EspAtConfig("net", "secret", "10.0.0.1", 1883, MTU));
        long nowMs = 1L << 40;
        for (int i = 0; i < 300 && !in.isEmpty(); i++) {
            switch (in.below(4)) {
                case 0 -> send(link, in.octet() % 3 - 1, in.field());
                case 1 -> receive(link, in.octet());
                case 2 -> nowMs += in.u16();
                default -> port.arrives();
            }
            check(link.turn(nowMs) > nowMs, "a deadline that does not pass");
        }
        recovers(link, port, nowMs);
    }

    private static void recovers(EspAtUdpLink link, FuzzPort port, long before) {
        FakeEspModem modem = new FakeEspModem();
        port.instead = modem;
        long nowMs = before;
        byte[] ping = {2, 0x16};
        for (int i = 0; i < 500; i++) {
            receive(link, MTU);
            if (link.isUp()) {
                link.send(DatagramLink.GATEWAY, ping, 0, 2);
            }
            long at = link.turn(nowMs);
            for (byte[] sent : modem.sentOverUdp) {
                if (sent.length == 2 && sent[0] == 2 && sent[1] == 0x16) {
                    return;
                }
            }
            nowMs = Math.max(nowMs + 1, Math.min(at, nowMs + 40_000));
        }
        throw new AssertionError("does not come up again; " + modem.commands);
    }

    private static void send(EspAtUdpLink link, int peer, byte[] payload) {
        Fenced f = Fenced.of(payload, 0xA5);
        int sent = link.send(peer, f.array, f.offset, f.length);
        check(sent <= 0 || sent == payload.length, "sent " + sent);
        f.check();
    }

    private static void receive(EspAtUdpLink link, int capacity) {
        Fenced room = Fenced.room(capacity, 0x5A);
        int length = link.receive(room.array, room.offset, room.length);
        room.check();
        check(length <= capacity && length <= MTU, "received " + length);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Override
    public List<byte[]> seeds() {
        String up = "+\r\nOK\r\n";
        List<byte[]> seeds = new ArrayList<>();
        String[] said = {
            "\r\nOK\r\n> ",
            "\r\nSEND OK\r\n",
            "\r\nSEND FAIL\r\n",
            "\r\nERROR\r\n",
            "\r\nready\r\n",
            "\r\nbusy p...\r\n",
            "\r\nCLOSED\r\n",
            "WIFI DISCONNECT\r\n",
            "ALREADY CONNECTED\r\n\r\nERROR\r\n",
            "\r\n+IPD,3:abc",
            "\r\n+IPD,9,10.0.0.1,1883:ab",
            "+IPD,99999:",
            "+IPD,100:x",
            "AT+CIPSEND=2\r\n\r\nOK\r\n>"
        };
        for (String text : said) {
            String six = said(up).repeat(6);
            seeds.add(latin(six + "\0\1\2\2\26" + said(text) + "\1\60" + said(up)));
            seeds.add(latin(said(text) + "\2\20\20" + said(text)));
        }
        return seeds;
    }

    private static String said(String text) {
        return "\3" + (char) text.length() + text;
    }

    private static byte[] latin(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}

package midge.gateway.core;

import java.util.Arrays;
import midge.fuzz.Fenced;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnType;
import midge.profile.Hex;
import midge.wire.Status;

/**
 * A gateway core among clients and brokers that are steered from outside and may do anything. What the core does is judged all the time:
 * its frames and packets are well-formed, its ports are used in order, memory stays within its bound, deadlines pass.
 */
final class HostileWorld implements GatewayPorts {
    private static final String NEW_CLIENT = "09 04 04 01 00 3C 6E 65 77";
    private static final long LEAP_MS = 3_000_000;
    private static final int LEAPS = 50;
    private static final byte[] NOTHING = {};

    final GatewayCore core;
    final int clients;
    final int links;
    long nowMs = 1L << 40;
    /** How many octets a broker connection takes at once; -1: all. */
    int brokerTakes = -1;

    long datagramsOut;
    long octetsOut;
    private final boolean[] opening;
    private final boolean[] open;
    private final HonestBroker[] brokers;
    private final byte[][] lastTo;
    private final long poolBound;
    private final int frameMax;
    private final SnMessage message = new SnMessage();
    private final Peer from = new Peer();
    private final byte[] address = new byte[Peer.MAX_ADDRESS];
    private byte[] last = NOTHING;

    /** @param poolBound octets that queues and buffers may ever take */
    HostileWorld(GatewayConfigBuilder config, int sessions, int clients, long poolBound) {
        this.clients = clients;
        this.poolBound = poolBound;
        var built = config.maxSessions(sessions).build();
        frameMax = built.maxDatagram() + 4 + Peer.MAX_NODE;
        core = new GatewayCore(built, this, 1);
        links = core.links();
        opening = new boolean[links];
        open = new boolean[links];
        brokers = new HonestBroker[links];
        Arrays.setAll(brokers, i -> new HonestBroker());
        lastTo = new byte[256][];
        Arrays.fill(lastTo, NOTHING);
    }

    /** A datagram from client 0..255. */
    void datagram(int client, byte[] frame) {
        Fenced f = Fenced.of(frame, client & 0xFF);
        datagram(client, f.array, f.offset, f.length);
        f.check();
    }

    void datagram(int client, byte[] frame, int offset, int length) {
        address[0] = 10;
        address[1] = (byte) client;
        from.set(0, address, 0, 2);
        core.onDatagram(from, frame, offset, length, nowMs);
        judge();
    }

    /** The client answers what it got last, as it should. @return whether that wants an answer */
    boolean clientAnswers(int client) {
        byte[] f = lastTo[client];
        lastTo[client] = NOTHING;
        byte[] answer = f.length < 2 ? null : answer(f);
        if (answer != null) {
            datagram(client, answer);
        }
        return answer != null;
    }

    private static byte[] answer(byte[] f) {
        int at = f[0] == 1 ? 3 : 1;
        switch (f[at]) {
            case SnType.REGISTER:
                return new byte[] {7, SnType.REGACK, f[at + 1], f[at + 2], f[at + 3], f[at + 4], 0};
            case SnType.PUBLISH:
                int qos = (f[at + 1] & 0x60) >> 5;
                return qos == 1
                        ? new byte[] {7, SnType.PUBACK, f[at + 2], f[at + 3], f[at + 4], f[at + 5], 0}
                        : qos == 2 ? new byte[] {4, SnType.PUBREC, f[at + 4], f[at + 5]} : null;
            case SnType.PUBREC:
                return new byte[] {4, SnType.PUBREL, f[at + 1], f[at + 2]};
            case SnType.PUBREL:
                return new byte[] {4, SnType.PUBCOMP, f[at + 1], f[at + 2]};
            case SnType.WILLTOPICREQ:
                return new byte[] {5, SnType.WILLTOPIC, 0x10, 'w', 't'};
            case SnType.WILLMSGREQ:
                return new byte[] {4, SnType.WILLMSG, 'b', 'y'};
            case SnType.PINGREQ:
                return new byte[] {2, SnType.PINGRESP};
            default:
                return null;
        }
    }

    /** The broker says these octets, if there is a connection. */
    void broker(int link, byte[] octets) {
        if (open[link] && octets.length > 0) {
            Fenced f = Fenced.of(octets, link * 37 & 0xFF);
            broker(link, f.array, f.offset, f.length);
            f.check();
        }
    }

    void broker(int link, byte[] octets, int offset, int length) {
        if (open[link]) {
            core.onBrokerBytes(link, octets, offset, length, nowMs);
            judge();
        }
    }

    /** The broker answers what it got, as it should. @return whether there was something to answer */
    boolean brokerAnswers(int link, boolean sessionPresent) {
        brokers[link].sessionPresent = sessionPresent;
        byte[] octets = brokers[link].take();
        // Cut anywhere: the second piece ends one packet and brings others.
        int cut = octets.length < 2 ? 0 : 1 + (int) (datagramsOut % (octets.length - 1));
        broker(link, Arrays.copyOf(octets, cut));
        broker(link, Arrays.copyOfRange(octets, cut, octets.length));
        return octets.length > 0;
    }

    /** @param succeeds whether a connection that is being opened opens */
    boolean opens(int link, boolean succeeds) {
        if (!opening[link]) {
            return false;
        }
        opening[link] = false;
        open[link] = succeeds;
        brokers[link].reset();
        if (succeeds) {
            core.onBrokerOpen(link, nowMs);
        } else {
            core.onBrokerClosed(link, nowMs);
        }
        judge();
        return true;
    }

    void closes(int link) {
        if (open[link]) {
            open[link] = false;
            core.onBrokerClosed(link, nowMs);
            judge();
        }
    }

    void writable(int link) {
        if (open[link]) {
            core.onBrokerWritable(link, nowMs);
            judge();
        }
    }

    /** Lets time leap. */
    void pass(long ms) {
        nowMs += ms;
        core.onTimeout(nowMs);
        judge();
        require(core.nextDeadlineMs() > nowMs, "a deadline that does not pass");
    }

    private void judge() {
        if (core.usedOctets() > poolBound) {
            throw new AssertionError(core.usedOctets() + " octets in use");
        }
    }

    /**
     * Everyone behaves from now on: all clients leave, new ones come, publish at QoS 1 and subscribe, are answered, and leave; then no memory
     * is held any more.
     */
    void stillServes() {
        brokerTakes = -1;
        for (int client = 0; client < clients; client++) {
            datagram(client, Hex.bytes("02 18"));
        }
        quiet();
        for (int i = 0; i < links - 1; i++) {
            newcomer(200 + i % 50, i);
        }
        settle();
        for (int i = 0; i < links - 1; i++) {
            datagram(200 + i % 50, Hex.bytes("02 18"));
        }
        quiet();
        for (int i = 0; i < core.sessions().count(); i++) {
            int state = core.sessions().get(i).state();
            require(!SessionState.isConnected(state), "session " + i + " is " + SessionState.name(state));
        }
        require(core.usedOctets() == 0, core.usedOctets() + " octets held for nobody");
    }

    private void newcomer(int client, int number) {
        byte[] connect = Hex.bytes(NEW_CLIENT + String.format("%02X%02X", 'a' + number / 26 % 26, 'a' + number % 26));
        connect[0] = (byte) connect.length;
        last = NOTHING;
        datagram(client, connect);
        settle();
        heard("03 05 00", "a newcomer hears ");
        datagram(client, Hex.bytes("08 0C 22 74 31 00 09 78"));
        settle();
        heard("07 0D 74 31 00 09 00", "its PUBLISH hears ");
        // Two answers come in one piece.
        datagram(client, Hex.bytes("08 0C 22 74 31 00 0A 78"));
        datagram(client, Hex.bytes("0B 12 20 00 0B 73 65 6E 73 2F 23"));
        settle();
        heard("08 13 20 00 00 00 0B 00", "its SUBSCRIBE hears ");
        datagram(client, Hex.bytes("02 16"));
        settle();
        heard("02 17", "its PINGREQ hears ");
    }

    private void heard(String expected, String what) {
        String frame = Hex.of(last);
        require(frame.equals(expected), what + frame);
    }

    /** Nobody says anything for longer than any sleep or keep alive: those who did not take leave are given up. */
    private void quiet() {
        settle();
        for (int i = 0; i < LEAPS; i++) {
            pass(LEAP_MS);
            settle();
        }
    }

    /** Brokers and network do what they have to until nothing is left to do. */
    private void settle() {
        boolean busy = true;
        for (int i = 0; busy; i++) {
            busy = false;
            for (int link = 0; link < links; link++) {
                busy |= opens(link, true);
                writable(link);
                busy |= brokerAnswers(link, false);
            }
            require(i < 2_000, "never comes to rest");
        }
    }

    @Override
    public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
        datagramsOut++;
        octetsOut += length;
        int status = message.wrap(frame, offset, length);
        require(status == Status.OK && length <= frameMax, "sends " + Hex.of(frame, offset, length));
        byte[] where = new byte[Peer.MAX_ADDRESS];
        int size = to.address(where, 0);
        if (size > 0 && to.nodeLength() == 0) {
            last = Arrays.copyOfRange(frame, offset, offset + length);
            lastTo[where[size - 1] & 0xFF] = last;
        }
    }

    @Override
    public void openBroker(int session) {
        require(!open[session] && !opening[session], "opens " + session + " twice");
        opening[session] = true;
    }

    @Override
    public int sendBroker(int session, byte[] octets, int offset, int length) {
        require(open[session], "sends on " + session + ", which is closed");
        int taken = brokerTakes < 0 ? length : Math.min(length, brokerTakes);
        brokers[session].octets(octets, offset, taken);
        return taken;
    }

    @Override
    public void closeBroker(int session) {
        require(open[session] || opening[session], "closes " + session + ", which is closed");
        open[session] = false;
        opening[session] = false;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}

package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.table.ByteQueue;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection to the broker: opened, kept alive by the gateway's own PINGREQs (whatever its client does, so that a sleeping one
 * keeps its connection), opened again with growing pauses, closed with or without DISCONNECT. Octets that the host does not take at once
 * wait in a bounded queue.
 */
public final class BrokerLink implements Upstream, PacketCutter.Sink {
    private static final int CLOSED = 0;
    private static final int OPENING = 1;
    private static final int AWAIT_CONNACK = 2;
    private static final int UP = 3;
    private static final int PAUSED = 4;

    /** How long octets wait at most before they are offered again, for hosts that do not report a writable connection. */
    private static final int FLUSH_MS = 50;
    /** Acknowledgements find room where a PUBLISH no longer does. */
    private static final int ACK_ROOM = 512;

    private static final int MAX_DOUBLINGS = 16;
    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};
    /** MQTT 5.0: reason 0, Session Expiry Interval 0. */
    private static final byte[] DISCONNECT_FORGET = {(byte) 0xE0, 7, 0, 5, 0x11, 0, 0, 0, 0};

    private final Services services;
    private final int session;
    private final LinkOwner owner;
    private final ByteQueue outgoing;
    private final PacketCutter cutter;
    private final ServerLimits limits;
    private int state = CLOSED;
    private int failures;
    private long sentMs;
    private boolean awaitingPong;
    private boolean purging;
    /** Opened again once the broker has forgotten the client. */
    private boolean opensAnew;

    private boolean stalled;
    private final int room;
    private int openings;
    private int broker;
    private int untried;

    BrokerLink(Services services, int session, LinkOwner owner) {
        this(services, session, owner, services.config.outgoingOctets());
    }

    /** @param room octets that may wait for the host to take them */
    BrokerLink(Services services, int session, LinkOwner owner, int room) {
        this.room = room;
        this.services = services;
        this.session = session;
        this.owner = owner;
        outgoing = new ByteQueue(services.pool);
        cutter = new PacketCutter(services.pool, services.packetIn);
        limits = new ServerLimits(services.config);
    }

    /** Opens the connection; one that is open is closed first with DISCONNECT. */
    @Override
    public void open(long nowMs) {
        close(true, nowMs);
        untried = services.brokers.count() - 1;
        begin(nowMs);
    }

    private void begin(long nowMs) {
        openings++;
        state = OPENING;
        broker = services.brokers.current();
        services.timers.set(session, Timers.LINK, nowMs + services.config.brokerTimeoutMs());
        services.ports.openBroker(session, broker);
    }

    /** Connects once with a clean session and says goodbye, so that the broker forgets this client. Tried once; nobody is told. */
    @Override
    public void purge(long nowMs) {
        open(nowMs);
        purging = true;
    }

    @Override
    public void openAnew(long nowMs) {
        purge(nowMs);
        opensAnew = true;
    }

    /** Opens the connection again after a pause that doubles with each failure. */
    @Override
    public void retry(long nowMs) {
        long pause = (long) services.config.backoffMsMin() << Math.min(failures, MAX_DOUBLINGS);
        int bounded = (int) Math.min(pause, services.config.backoffMsMax());
        failures++;
        state = PAUSED;
        services.timers.set(session, Timers.LINK, nowMs + bounded - services.random.below(bounded / 2 + 1));
    }

    @Override
    public void resume(int withinMs, long nowMs) {
        state = PAUSED;
        services.timers.set(session, Timers.LINK, nowMs + services.random.below(withinMs + 1));
    }

    /** @param goodbye whether DISCONNECT goes first, which discards the will (MQTT 3.1.1 §3.14.4) */
    @Override
    public void close(boolean goodbye, long nowMs) {
        end(goodbye ? DISCONNECT : null, nowMs);
    }

    /** Says goodbye in a way that makes a broker of MQTT 5.0 forget the session. @return whether it will; if not, see {@link #purge} */
    @Override
    public boolean closeAndForget(long nowMs) {
        boolean forgets = isV5() && isUp();
        end(forgets ? DISCONNECT_FORGET : DISCONNECT, nowMs);
        return forgets;
    }

    private void end(byte @Nullable [] goodbye, long nowMs) {
        if (state == UP && goodbye != null) {
            send(goodbye, 0, goodbye.length, nowMs);
        }
        if (state == OPENING || state == AWAIT_CONNACK || state == UP) {
            services.ports.closeBroker(session);
        }
        forget();
    }

    private void forget() {
        state = CLOSED;
        purging = false;
        opensAnew = false;
        awaitingPong = false;
        stalled = false;
        outgoing.clear();
        cutter.reset();
        services.timers.stop(session, Timers.LINK);
        services.timers.stop(session, Timers.FLUSH);
    }

    /** @return what the broker allows on this connection */
    @Override
    public ServerLimits limits() {
        return limits;
    }

    /** @return MQTT protocol level */
    @Override
    public int version() {
        return services.config.mqttVersion();
    }

    private boolean isV5() {
        return version() >= MqttVersion.V5;
    }

    /** @return whether the broker has accepted and the connection stands */
    @Override
    public boolean isUp() {
        return state == UP && !purging && !stalled;
    }

    /** @return whether there is no connection and none is being made or waited for */
    /** @return whether the broker's answer to an attempt is awaited */
    boolean isPending() {
        return state == OPENING || state == AWAIT_CONNACK;
    }

    @Override
    public boolean isClosed() {
        return state == CLOSED || (purging && !opensAnew);
    }

    /** @return whether a PUBLISH of this size may be sent now */
    @Override
    public boolean hasRoom(int length) {
        return isUp() && length <= limits.maximumPacketSize && outgoing.size() + length <= room;
    }

    /**
     * Sends one packet, or keeps what the host does not take. A connection that cannot even keep an acknowledgement is given up at the
     * next timeout: it has not moved for long, and to lose the packet silently would be worse.
     */
    @Override
    public void send(byte[] packet, int offset, int length, long nowMs) {
        if (stalled) {
            return;
        }
        services.count(GatewayCounters.PACKETS_OUT);
        services.observer.toBroker(session, packet, offset, length, nowMs);
        sentMs = nowMs;
        int taken = outgoing.size() > 0 ? 0 : services.ports.sendBroker(session, packet, offset, length);
        if (taken == length) {
            return;
        }
        int left = length - taken;
        int bound = room + ACK_ROOM;
        if (outgoing.size() + left > bound || !outgoing.add(packet, offset + taken, left)) {
            services.drop(session, GatewayCounters.DROP_NO_MEMORY, nowMs);
            stalled = true;
            services.timers.set(session, Timers.LINK, nowMs);
        } else {
            services.timers.set(session, Timers.FLUSH, nowMs + FLUSH_MS);
        }
    }

    /** Sends PUBACK, PUBREC, PUBREL or PUBCOMP, when the connection is up; if not, the exchange is taken up again when it is. */
    @Override
    public void sendAck(int type, int packetId, long nowMs) {
        if (isUp()) {
            byte[] out = services.packetOut;
            send(out, 0, MqttAck.encode(out, 0, out.length, type, packetId), nowMs);
        }
    }

    /** The host has opened the connection. */
    @Override
    public void onOpen(long nowMs) {
        if (state != OPENING) {
            return;
        }
        state = AWAIT_CONNACK;
        byte[] out = services.packetOut;
        owner.fillConnect(services.connectWriter, purging);
        int length = services.connectWriter.encode(out, 0, out.length);
        if (length < 0) {
            fail(nowMs);
        } else {
            send(out, 0, length, nowMs);
        }
    }

    /** Octets came from the broker. */
    @Override
    public void onBytes(byte[] octets, int offset, int length, long nowMs) {
        if (state != AWAIT_CONNACK && state != UP) {
            return;
        }
        int status = cutter.feed(octets, offset, length, this, nowMs);
        if (status == Status.MALFORMED) {
            services.drop(session, GatewayCounters.DROP_BROKER_MALFORMED, nowMs);
            fail(nowMs);
        } else if (status < 0) {
            services.drop(session, GatewayCounters.DROP_NO_MEMORY, nowMs);
            fail(nowMs);
        }
    }

    @Override
    public boolean onCut(byte[] octets, int offset, int length, boolean whole, long nowMs) {
        services.count(GatewayCounters.PACKETS_IN);
        services.observer.fromBroker(session, octets, offset, length, nowMs);
        int opened = openings;
        if (!judge(octets, offset, length, whole, nowMs) && opened == openings && state != CLOSED) {
            services.drop(session, GatewayCounters.DROP_BROKER_MALFORMED, nowMs);
            fail(nowMs);
        }
        return opened == openings && (state == AWAIT_CONNACK || state == UP);
    }

    private boolean judge(byte[] octets, int offset, int length, boolean whole, long nowMs) {
        int type = MqttHeader.type(octets, offset);
        if (state == AWAIT_CONNACK) {
            return whole && onConnack(octets, offset, length, nowMs);
        }
        if (type == MqttType.DISCONNECT && isV5()) {
            return whole && onDisconnect(octets, offset, length, nowMs);
        }
        if (type == MqttType.PINGRESP) {
            awaitingPong = false;
            return length == 2;
        }
        if (purging) {
            return true;
        }
        return whole
                ? owner.onPacket(type, octets, offset, length, nowMs)
                : owner.onOversized(type, octets, offset, length, nowMs);
    }

    /** The first packet must be a CONNACK (MQTT 3.1.1 §3.2.0-1); a further one is an error, so it goes to the owner as any other. */
    private boolean onConnack(byte[] octets, int offset, int length, long nowMs) {
        MqttConnack connack = services.connack;
        if (connack.wrap(octets, offset, length, services.config.mqttVersion()) < 0) {
            return false;
        }
        services.onBrokerReached();
        if (purging) {
            onPurged(connack.reasonCode() == 0, nowMs);
            return true;
        }
        int reason = connack.reasonCode();
        if (reason != 0) {
            services.refusal(session, MqttType.CONNACK, reason, connack.properties(), nowMs);
            close(false, nowMs);
            onRefused(reason, nowMs);
            return true;
        }
        state = UP;
        failures = 0;
        limits.read(connack.properties(), services.config);
        awaitingPong = false;
        services.timers.set(session, Timers.LINK, nowMs + pingAfterMs());
        owner.onLinkUp(connack.sessionPresent(), nowMs);
        return true;
    }

    /** A refusal is heard again, and told, when the connection is opened anew. */
    private void onPurged(boolean accepted, long nowMs) {
        boolean again = opensAnew;
        state = UP;
        close(true, nowMs);
        if (accepted) {
            owner.onPurged();
        }
        if (again) {
            open(nowMs);
        }
    }

    /** A broker that cannot serve now gives way to the next one. */
    private void onRefused(int reason, long nowMs) {
        boolean elsewhere = reason == ReasonCode.USE_ANOTHER_SERVER || reason == ReasonCode.SERVER_MOVED;
        if ((elsewhere || isTemporary(reason)) && tryNext(nowMs)) {
            return;
        }
        owner.onLinkRefused(reason, nowMs);
    }

    /** @return whether a refusal for this reason says nothing against the client, and another try makes sense */
    static boolean isTemporary(int reason) {
        return switch (reason) {
            case ReasonCode.SERVER_UNAVAILABLE,
                    ReasonCode.SERVER_BUSY,
                    ReasonCode.SERVER_SHUTTING_DOWN,
                    ReasonCode.QUOTA_EXCEEDED,
                    ReasonCode.CONNECTION_RATE_EXCEEDED -> true;
            default -> false;
        };
    }

    /** @return whether another broker is tried at once, without a word to the owner */
    private boolean tryNext(long nowMs) {
        services.brokers.failed(broker);
        if (untried == 0 || services.brokers.current() == broker) {
            return false;
        }
        untried--;
        begin(nowMs);
        return true;
    }

    /** The broker ends the connection and says why (MQTT 5.0 §3.14); whether to come back is judged as for any end. */
    private boolean onDisconnect(byte[] octets, int offset, int length, long nowMs) {
        MqttDisconnect disconnect = services.disconnect;
        if (disconnect.wrap(octets, offset, length, version()) < 0) {
            return false;
        }
        services.refusal(session, MqttType.DISCONNECT, disconnect.reasonCode(), disconnect.properties(), nowMs);
        services.ports.closeBroker(session);
        onClosed(nowMs);
        return true;
    }

    /** The connection ended by itself. */
    @Override
    public void onClosed(long nowMs) {
        if (state == CLOSED || state == PAUSED) {
            return;
        }
        services.count(GatewayCounters.BROKER_LOST);
        boolean reached = state == UP;
        boolean wanted = !purging || opensAnew;
        forget();
        if (!reached) {
            services.onBrokerUnreached(nowMs);
        }
        if (wanted && (reached || !tryNext(nowMs))) {
            owner.onLinkDown(nowMs);
        }
    }

    private void fail(long nowMs) {
        services.ports.closeBroker(session);
        onClosed(nowMs);
    }

    /** The host takes octets again. */
    @Override
    public void onWritable(long nowMs) {
        if (state != AWAIT_CONNACK && state != UP) {
            return;
        }
        while (outgoing.size() > 0) {
            int offered = outgoing.contiguous();
            int taken = services.ports.sendBroker(session, outgoing.array(), outgoing.offset(), offered);
            outgoing.remove(taken);
            if (taken < offered) {
                services.timers.set(session, Timers.FLUSH, nowMs + FLUSH_MS);
                return;
            }
        }
        services.timers.stop(session, Timers.FLUSH);
        if (isUp()) {
            owner.onLinkWritable(nowMs);
        }
    }

    /** The timer {@link Timers#LINK} ran out. */
    @Override
    public void onTimer(long nowMs) {
        if (state == PAUSED) {
            services.count(GatewayCounters.BROKER_RECONNECTS);
            open(nowMs);
        } else if (state == UP && !stalled && !awaitingPong) {
            keepAlive(nowMs);
        } else if (state != CLOSED) {
            fail(nowMs);
        }
    }

    /** Anything sent counts as a sign of life, so the timer is only looked at when it runs out. */
    private void keepAlive(long nowMs) {
        long dueMs = sentMs + pingAfterMs();
        if (nowMs < dueMs) {
            services.timers.set(session, Timers.LINK, dueMs);
            return;
        }
        awaitingPong = true;
        services.timers.set(session, Timers.LINK, nowMs + services.config.brokerTimeoutMs());
        byte[] out = services.packetOut;
        send(out, 0, MqttPing.encode(out, 0, out.length, MqttType.PINGREQ), nowMs);
    }

    /** Three quarters of the keep alive leave time for the ping to arrive. */
    private long pingAfterMs() {
        return limits.keepAliveS * 750L;
    }
}

package midge.sim.broker;

import java.util.HashMap;
import java.util.Map;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * One network connection: cuts packets, watches over silence, and hands packets to {@link Handshake}, {@link Inbound} and
 * {@link Subscribing}. What is wrong with a packet ends this connection and nothing else.
 */
final class Connection extends Deadlines.Owner implements PacketStream.Handler {
    /** A client that has not said who it is may not make the broker keep more than its CONNECT can need. */
    private static final int CONNECT_OCTETS_MAX = 512 << 10;

    final int id;
    final BrokerCore core;
    /** Names for the topic aliases that the client has set [5: 3.3.2-7]. */
    final Map<Integer, String> aliases = new HashMap<>();

    private final PacketStream stream = new PacketStream();
    private final Runnable onGone;
    private long silentSinceMs;
    private long silenceMs;
    private boolean writable = true;
    private boolean closed;

    /** 0 before CONNECT. */
    private int version;

    private @Nullable Session session;
    private int inflightMax;
    private long packetMax;

    /**
     * @param onGone called once, when the broker may forget this connection
     */
    Connection(BrokerCore core, int id, Runnable onGone) {
        this.core = core;
        this.id = id;
        this.onGone = onGone;
        silentSinceMs = core.nowMs;
        silenceMs = core.config.connectMs();
    }

    void onBytes(byte[] octets, int offset, int length) {
        core.counters.octetsReceived += length;
        if (session == null && isStranger(octets, offset, length)) {
            fail(MqttError.UNEXPECTED_PACKET);
            return;
        }
        int limit = session == null
                ? Math.min(CONNECT_OCTETS_MAX, core.config.packetOctetsMax())
                : core.config.packetOctetsMax();
        int status = stream.onBytes(octets, offset, length, limit, this);
        if (status < 0 && !closed) {
            fail(status);
        }
    }

    /** Another protocol on this port would make us wait for a packet that never gets whole. */
    private boolean isStranger(byte[] octets, int offset, int length) {
        return length > 0 && stream.isEmpty() && MqttHeader.type(octets, offset) != MqttType.CONNECT;
    }

    @Override
    public boolean onPacket(byte[] octets, int offset, int length) {
        core.counters.packetsReceived++;
        silentSinceMs = core.nowMs;
        Session here = session;
        int type = MqttHeader.type(octets, offset);
        int status;
        if (here == null) {
            status = type == MqttType.CONNECT
                    ? Handshake.onConnect(this, octets, offset, length)
                    : MqttError.UNEXPECTED_PACKET;
        } else {
            status = dispatch(here, type, octets, offset, length);
        }
        if (status < 0 && !closed) {
            fail(status);
        }
        return !closed;
    }

    private int dispatch(Session here, int type, byte[] octets, int offset, int length) {
        return switch (type) {
            case MqttType.PUBLISH -> Inbound.onPublish(this, here, octets, offset, length);
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBREL, MqttType.PUBCOMP ->
                Inbound.onAck(this, here, octets, offset, length);
            case MqttType.SUBSCRIBE -> Subscribing.onSubscribe(this, here, octets, offset, length);
            case MqttType.UNSUBSCRIBE -> Subscribing.onUnsubscribe(this, here, octets, offset, length);
            case MqttType.PINGREQ -> onPingreq(octets, offset, length);
            case MqttType.DISCONNECT -> Handshake.onDisconnect(this, here, octets, offset, length);
            default -> MqttError.UNEXPECTED_PACKET;
        };
    }

    /** Counts silence from now on; the deadline that is planned comes too early and finds nothing to do. */
    void vouched() {
        if (session != null) {
            silentSinceMs = core.nowMs;
            core.deadlines.changed(this);
        }
    }

    private int onPingreq(byte[] octets, int offset, int length) {
        int status = core.codecs.ping.wrap(octets, offset, length, version);
        if (status == Status.OK) {
            core.writer.pingresp(id);
        }
        return status;
    }

    /**
     * The client is who it says; its session is here.
     *
     * @param keepAliveS 0 for off; silence of 1.5 times as long ends the connection
     */
    void established(Session joined, int protocolVersion, int keepAliveS, int inflight, long packetOctetsMax) {
        session = joined;
        version = protocolVersion;
        silenceMs = keepAliveS == 0 ? 0 : keepAliveS * 1500L;
        inflightMax = inflight;
        packetMax = packetOctetsMax;
        core.deadlines.changed(this);
    }

    /**
     * Sends a message to the client.
     *
     * @return false when it is larger than the client takes
     */
    boolean publish(Delivery delivery, int packetId, boolean dup) {
        return core.writer.publish(id, version, delivery, packetId, dup, packetMax, core.nowMs);
    }

    void ack(int type, int packetId, int reason) {
        core.writer.ack(id, version, type, packetId, reason);
    }

    int version() {
        return version;
    }

    int inflightMax() {
        return inflightMax;
    }

    boolean isWritable() {
        return writable;
    }

    void onWritable(boolean now) {
        writable = now;
        if (now && session != null) {
            session.pump();
        }
    }

    private void fail(int error) {
        core.counters.connectionsBroken++;
        end(MqttError.reasonCode(error));
    }

    /**
     * Ends the connection from this side without a goodbye of the client.
     *
     * @param reason what 5.0 clients are told
     */
    void end(int reason) {
        if (session != null && version >= MqttVersion.V5) {
            core.writer.disconnect(id, reason);
        }
        close(false);
    }

    /**
     * Closes.
     *
     * @param clean whether the client has said goodbye, which voids its will
     */
    void close(boolean clean) {
        if (!closed) {
            gone(clean);
            core.ports.close(id);
        }
    }

    /** The connection is no more, from whichever side. */
    void gone(boolean clean) {
        if (closed) {
            return;
        }
        closed = true;
        stream.clear();
        core.deadlines.forget(this);
        onGone.run();
        Session left = session;
        session = null;
        if (left != null) {
            core.sessions.absent(left, clean);
        }
    }

    @Override
    long deadlineMs() {
        return closed || silenceMs == 0 ? Deadlines.NEVER : silentSinceMs + silenceMs;
    }

    @Override
    void onDeadline(long nowMs) {
        core.counters.connectionsBroken++;
        end(ReasonCode.KEEP_ALIVE_TIMEOUT);
    }
}

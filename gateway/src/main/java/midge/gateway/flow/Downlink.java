package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnAdvertise;
import midge.mqttsn.codec.SnConnack;
import midge.mqttsn.codec.SnDisconnect;
import midge.mqttsn.codec.SnForward;
import midge.mqttsn.codec.SnGwInfo;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegack;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSuback;
import midge.mqttsn.codec.SnType;
import midge.mqttsn.codec.SnWillReq;

/**
 * Writes MQTT-SN messages and sends them, in a forwarder's envelope where the peer stands behind one (§5.5). Every message is written
 * anew into one array; nothing is kept.
 */
public final class Downlink {
    /** Room in front of each message for the envelope. */
    private static final int FRAME = 3 + Peer.MAX_NODE;
    /** First octet of a Length of three octets (§5.2.1). */
    private static final int LONG_LENGTH = 1;

    private static final byte[] NOTHING = {};

    private final Services services;
    private final byte[] out;
    private final int capacity;
    private final byte[] node = new byte[Peer.MAX_NODE];

    Downlink(Services services) {
        this.services = services;
        capacity = services.config.maxDatagram();
        out = new byte[FRAME + capacity];
    }

    void advertise(Peer everyone, long nowMs) {
        int gatewayId = services.config.gatewayId();
        send(-1, everyone, SnAdvertise.encode(out, FRAME, capacity, gatewayId, services.config.advertiseS()), nowMs);
    }

    void gwInfo(Peer to, long nowMs) {
        send(-1, to, SnGwInfo.encode(out, FRAME, capacity, services.config.gatewayId(), NOTHING, 0, 0), nowMs);
    }

    void connack(Peer to, int returnCode, long nowMs) {
        send(-1, to, SnConnack.encode(out, FRAME, capacity, SnType.CONNACK, returnCode), nowMs);
    }

    void disconnect(Peer to, long nowMs) {
        send(-1, to, SnDisconnect.encode(out, FRAME, capacity, 0), nowMs);
    }

    /** CONNACK, WILLTOPICRESP or WILLMSGRESP. */
    void result(Session to, int type, int returnCode, long nowMs) {
        send(to, SnConnack.encode(out, FRAME, capacity, type, returnCode), nowMs);
    }

    /** WILLTOPICREQ or WILLMSGREQ. */
    void willRequest(Session to, int type, long nowMs) {
        send(to, SnWillReq.encode(out, FRAME, capacity, type), nowMs);
    }

    void register(Session to, int topicId, int msgId, byte[] name, int offset, int length, long nowMs) {
        send(to, SnRegister.encode(out, FRAME, capacity, topicId, msgId, name, offset, length), nowMs);
    }

    void regack(Session to, int topicId, int msgId, int returnCode, long nowMs) {
        send(to, SnRegack.encode(out, FRAME, capacity, topicId, msgId, returnCode), nowMs);
    }

    void publish(Session to, int flags, int topicId, int msgId, byte[] data, int length, long nowMs) {
        send(to, SnPublish.encode(out, FRAME, capacity, flags, topicId, msgId, data, 0, length), nowMs);
    }

    void puback(Session to, int topicId, int msgId, int returnCode, long nowMs) {
        send(to, SnPuback.encode(out, FRAME, capacity, topicId, msgId, returnCode), nowMs);
    }

    /** PUBREC, PUBREL, PUBCOMP or UNSUBACK. */
    void ack(Session to, int type, int msgId, long nowMs) {
        send(to, SnAck.encode(out, FRAME, capacity, type, msgId), nowMs);
    }

    void suback(Session to, int flags, int topicId, int msgId, int returnCode, long nowMs) {
        send(to, SnSuback.encode(out, FRAME, capacity, flags, topicId, msgId, returnCode), nowMs);
    }

    void pingresp(Session to, long nowMs) {
        send(to, SnPing.encodeResponse(out, FRAME, capacity), nowMs);
    }

    void disconnect(Session to, long nowMs) {
        send(to, SnDisconnect.encode(out, FRAME, capacity, 0), nowMs);
    }

    private void send(Session to, int length, long nowMs) {
        if (to.hasPeer()) {
            send(to.index(), to.peer(), length, nowMs);
        }
    }

    private void send(int session, Peer to, int length, long nowMs) {
        if (length < 0) {
            services.drop(session, GatewayCounters.DROP_TOO_LONG, nowMs);
            return;
        }
        services.count(GatewayCounters.DATAGRAMS_OUT);
        services.counters.addToClient(out[FRAME + (out[FRAME] == LONG_LENGTH ? 3 : 1)]);
        services.observer.toClient(session, to, out, FRAME, length, nowMs);
        int envelope = to.nodeLength() == 0 ? 0 : envelope(to);
        services.ports.sendDatagram(to, out, FRAME - envelope, envelope + length);
    }

    private int envelope(Peer to) {
        int length = to.node(node, 0);
        return SnForward.encode(out, FRAME - 3 - length, 3 + length, 0, node, 0, length);
    }
}

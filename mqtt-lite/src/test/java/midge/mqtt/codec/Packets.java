package midge.mqtt.codec;

import java.util.Arrays;
import midge.wire.Status;

/** One of each flyweight: reads any packet, and writes what it has read again. */
final class Packets {
    final MqttConnect connect = new MqttConnect();
    final MqttConnectWriter connectWriter = new MqttConnectWriter();
    final MqttConnack connack = new MqttConnack();
    final MqttPublish publish = new MqttPublish();
    final MqttAck ack = new MqttAck();
    final MqttSubscribe subscribe = new MqttSubscribe();
    final MqttSuback suback = new MqttSuback();
    final MqttUnsubscribe unsubscribe = new MqttUnsubscribe();
    final MqttUnsuback unsuback = new MqttUnsuback();
    final MqttPing ping = new MqttPing();
    final MqttDisconnect disconnect = new MqttDisconnect();
    final MqttAuth auth = new MqttAuth();
    private final byte[] scratch = new byte[8192];

    /** Wraps with the flyweight for the type in the first octet. */
    int wrap(byte[] b, int at, int available, int version) {
        switch (available < 1 ? 0 : MqttHeader.type(b, at)) {
            case MqttType.CONNECT:
                return connect.wrap(b, at, available, version);
            case MqttType.CONNACK:
                return connack.wrap(b, at, available, version);
            case MqttType.PUBACK:
            case MqttType.PUBREC:
            case MqttType.PUBREL:
            case MqttType.PUBCOMP:
                return ack.wrap(b, at, available, version);
            case MqttType.SUBSCRIBE:
                return subscribe.wrap(b, at, available, version);
            case MqttType.SUBACK:
                return suback.wrap(b, at, available, version);
            case MqttType.UNSUBSCRIBE:
                return unsubscribe.wrap(b, at, available, version);
            case MqttType.UNSUBACK:
                return unsuback.wrap(b, at, available, version);
            case MqttType.PINGREQ:
            case MqttType.PINGRESP:
                return ping.wrap(b, at, available, version);
            case MqttType.DISCONNECT:
                return disconnect.wrap(b, at, available, version);
            case MqttType.AUTH:
                return auth.wrap(b, at, available, version);
            default:
                return publish.wrap(b, at, available, version);
        }
    }

    /** Encodes, from the accessors only, the packet that {@link #wrap} has just judged to be good. */
    int encodeAgain(byte[] out, int at, int capacity, int type, int version) {
        switch (type) {
            case MqttType.CONNECT:
                return encodeConnect(out, at, capacity);
            case MqttType.CONNACK:
                MqttProperties c = connack.properties();
                return MqttConnack.encode(
                        out,
                        at,
                        capacity,
                        version,
                        connack.sessionPresent(),
                        connack.code(),
                        c.buffer(),
                        c.offset(),
                        c.length());
            case MqttType.PUBLISH:
                return encodePublish(out, at, capacity, version);
            case MqttType.SUBSCRIBE:
                return encodeSubscribe(out, at, capacity, version);
            case MqttType.UNSUBSCRIBE:
                return encodeUnsubscribe(out, at, capacity, version);
            case MqttType.SUBACK:
                MqttProperties s = suback.properties();
                return MqttSuback.encode(
                        out,
                        at,
                        capacity,
                        version,
                        suback.packetId(),
                        s.buffer(),
                        s.offset(),
                        s.length(),
                        suback.buffer(),
                        suback.codesOffset(),
                        suback.count());
            case MqttType.UNSUBACK:
                MqttProperties u = unsuback.properties();
                return MqttUnsuback.encode(
                        out,
                        at,
                        capacity,
                        version,
                        unsuback.packetId(),
                        u.buffer(),
                        u.offset(),
                        u.length(),
                        unsuback.buffer(),
                        unsuback.codesOffset(),
                        unsuback.count());
            case MqttType.PINGREQ:
            case MqttType.PINGRESP:
                return MqttPing.encode(out, at, capacity, ping.type());
            case MqttType.DISCONNECT:
                MqttProperties d = disconnect.properties();
                boolean cut = disconnect.end - disconnect.body < 2;
                return MqttDisconnect.encode(
                        out, at, capacity, disconnect.reasonCode(), cut ? null : d.buffer(), d.offset(), d.length());
            case MqttType.AUTH:
                MqttProperties a = auth.properties();
                boolean empty = auth.end == auth.body;
                return MqttAuth.encode(
                        out, at, capacity, auth.reasonCode(), empty ? null : a.buffer(), a.offset(), a.length());
            default:
                return encodeAck(out, at, capacity);
        }
    }

    private int encodeConnect(byte[] out, int at, int capacity) {
        byte[] b = connect.buffer();
        MqttProperties p = connect.properties();
        connectWriter
                .reset(connect.version(), connect.clean(), connect.keepAliveS())
                .properties(p.buffer(), p.offset(), p.length())
                .clientId(b, connect.clientIdOffset(), connect.clientIdLength());
        if (connect.hasWill()) {
            MqttProperties w = connect.willProperties();
            connectWriter
                    .will(
                            b,
                            connect.willTopicOffset(),
                            connect.willTopicLength(),
                            connect.willQos(),
                            connect.willRetain())
                    .willPayload(b, connect.willPayloadOffset(), connect.willPayloadLength())
                    .willProperties(w.buffer(), w.offset(), w.length());
        }
        if (connect.hasUserName()) {
            connectWriter.userName(b, connect.userNameOffset(), connect.userNameLength());
        }
        if (connect.hasPassword()) {
            connectWriter.password(b, connect.passwordOffset(), connect.passwordLength());
        }
        return connectWriter.encode(out, at, capacity);
    }

    private int encodePublish(byte[] out, int at, int capacity, int version) {
        byte[] b = publish.buffer();
        int flags = MqttPublish.flags(publish.qos(), publish.dup(), publish.retain());
        if (version < MqttVersion.V5) {
            return MqttPublish.encode(
                    out,
                    at,
                    capacity,
                    flags,
                    b,
                    publish.topicOffset(),
                    publish.topicLength(),
                    publish.packetId(),
                    b,
                    publish.payloadOffset(),
                    publish.payloadLength());
        }
        MqttProperties p = publish.properties();
        return MqttPublish.encode(
                out,
                at,
                capacity,
                version,
                flags,
                b,
                publish.topicOffset(),
                publish.topicLength(),
                publish.packetId(),
                p.buffer(),
                p.offset(),
                p.length(),
                b,
                publish.payloadOffset(),
                publish.payloadLength());
    }

    private int encodeAck(byte[] out, int at, int capacity) {
        int size = ack.end - ack.body;
        MqttProperties p = ack.properties();
        return MqttAck.encode(
                out,
                at,
                capacity,
                ack.type(),
                ack.packetId(),
                ack.reasonCode(),
                size < 4 ? null : p.buffer(),
                p.offset(),
                p.length());
    }

    private int encodeSubscribe(byte[] out, int at, int capacity, int version) {
        int length = 0;
        subscribe.rewind();
        while (subscribe.next()) {
            int size = MqttSubscribe.entry(
                    scratch,
                    length,
                    scratch.length - length,
                    subscribe.buffer(),
                    subscribe.filterOffset(),
                    subscribe.filterLength(),
                    subscribe.options());
            if (size < 0) {
                return size;
            }
            length += size;
        }
        MqttProperties p = subscribe.properties();
        return MqttSubscribe.encode(
                out,
                at,
                capacity,
                version,
                subscribe.packetId(),
                p.buffer(),
                p.offset(),
                p.length(),
                scratch,
                0,
                length);
    }

    private int encodeUnsubscribe(byte[] out, int at, int capacity, int version) {
        int length = 0;
        unsubscribe.rewind();
        while (unsubscribe.next()) {
            int size = MqttUnsubscribe.entry(
                    scratch,
                    length,
                    scratch.length - length,
                    unsubscribe.buffer(),
                    unsubscribe.filterOffset(),
                    unsubscribe.filterLength());
            if (size < 0) {
                return size;
            }
            length += size;
        }
        MqttProperties p = unsubscribe.properties();
        return MqttUnsubscribe.encode(
                out,
                at,
                capacity,
                version,
                unsubscribe.packetId(),
                p.buffer(),
                p.offset(),
                p.length(),
                scratch,
                0,
                length);
    }

    /** @return the octets that encoding again gives */
    byte[] roundTrip(byte[] packet, int version) {
        int status = wrap(packet, 0, packet.length, version);
        if (status != Status.OK) {
            throw new AssertionError("wrap: " + status + " " + MqttNames.ofError(status));
        }
        byte[] out = new byte[packet.length + 16];
        int length = encodeAgain(out, 0, out.length, MqttHeader.type(packet, 0), version);
        if (length < 0) {
            throw new AssertionError("encode: " + length);
        }
        return Arrays.copyOf(out, length);
    }
}

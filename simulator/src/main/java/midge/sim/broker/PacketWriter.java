package midge.sim.broker;

import java.util.Arrays;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;

/** Writes packets for all connections through one array. Every packet is sent before the next one is begun. */
final class PacketWriter {
    private static final byte[] NOTHING = new byte[0];
    /** A payload up to this goes out together with its header. */
    private static final int JOINED = 8_192;

    private final BrokerPorts ports;
    private final BrokerCounters counters;
    private final MqttPropertiesWriter properties = new MqttPropertiesWriter();
    private byte[] propertyRoom = new byte[512];
    private byte[] out = new byte[16_384];

    PacketWriter(BrokerPorts ports, BrokerCounters counters) {
        this.ports = ports;
        this.counters = counters;
    }

    /** Begins the properties of the next CONNACK. */
    MqttPropertiesWriter properties(int room) {
        if (room > propertyRoom.length) {
            propertyRoom = new byte[room];
        }
        return properties.reset(propertyRoom, 0, propertyRoom.length);
    }

    void connack(int connection, int version, boolean sessionPresent, int code) {
        out = room(out, 16 + properties.length());
        send(
                connection,
                MqttConnack.encode(
                        out,
                        0,
                        out.length,
                        version,
                        sessionPresent,
                        code,
                        properties.buffer(),
                        properties.offset(),
                        properties.length()));
    }

    /** PUBACK, PUBREC, PUBREL or PUBCOMP; the reason is left out before 5.0. */
    void ack(int connection, int version, int type, int packetId, int reason) {
        int length = version < MqttVersion.V5 || reason == ReasonCode.SUCCESS
                ? MqttAck.encode(out, 0, out.length, type, packetId)
                : MqttAck.encode(out, 0, out.length, type, packetId, reason, NOTHING, 0, 0);
        send(connection, length);
    }

    void suback(int connection, int version, int packetId, byte[] codes, int count) {
        out = room(out, 16 + count);
        send(connection, MqttSuback.encode(out, 0, out.length, version, packetId, NOTHING, 0, 0, codes, 0, count));
    }

    void unsuback(int connection, int version, int packetId, byte[] codes, int count) {
        out = room(out, 16 + count);
        send(connection, MqttUnsuback.encode(out, 0, out.length, version, packetId, NOTHING, 0, 0, codes, 0, count));
    }

    void pingresp(int connection) {
        send(connection, MqttPing.encode(out, 0, out.length, MqttType.PINGRESP));
    }

    /** DISCONNECT, which only 5.0 has in this direction. */
    void disconnect(int connection, int reason) {
        send(connection, MqttDisconnect.encode(out, 0, out.length, reason, NOTHING, 0, 0));
    }

    /**
     * PUBLISH, with the payload sent from where it lies when it is large.
     *
     * @param packetMax the largest packet that the client takes
     * @return false, and nothing is sent, when it is larger
     */
    boolean publish(
            int connection, int version, Delivery delivery, int packetId, boolean dup, long packetMax, long nowMs) {
        Message message = delivery.message;
        int propertiesLength = version < MqttVersion.V5 ? 0 : collectProperties(delivery, nowMs);
        int payloadLength = message.payload.length;
        int before = 32 + message.topicOctets.length + propertiesLength;
        out = room(out, before + Math.min(payloadLength, JOINED));
        int header = MqttPublish.encodeHeader(
                out,
                0,
                out.length,
                version,
                MqttPublish.flags(delivery.qos, dup, delivery.retain),
                message.topicOctets,
                0,
                message.topicOctets.length,
                packetId,
                propertyRoom,
                0,
                propertiesLength,
                payloadLength);
        if (header < 0 || header + (long) payloadLength > packetMax) {
            return false;
        }
        counters.publishesSent++;
        if (payloadLength <= JOINED) {
            System.arraycopy(message.payload, 0, out, header, payloadLength);
            send(connection, header + payloadLength);
        } else {
            send(connection, header);
            counters.octetsSent += payloadLength;
            ports.send(connection, message.payload, 0, payloadLength);
        }
        return true;
    }

    /** {@return octets of the properties, which begin at 0 of {@code propertyRoom}} */
    private int collectProperties(Delivery delivery, long nowMs) {
        Message message = delivery.message;
        propertyRoom = room(propertyRoom, message.properties.length + 8 + 5 * delivery.subscriptionIds.length);
        System.arraycopy(message.properties, 0, propertyRoom, 0, message.properties.length);
        int at = message.properties.length;
        properties.reset(propertyRoom, at, propertyRoom.length - at);
        if (message.expiresMs != Message.NEVER) {
            properties.put(Property.MESSAGE_EXPIRY_INTERVAL, Math.max(0, message.expiresMs - nowMs + 999) / 1000);
        }
        for (int id : delivery.subscriptionIds) {
            properties.put(Property.SUBSCRIPTION_IDENTIFIER, id);
        }
        return at + properties.length();
    }

    private void send(int connection, int length) {
        counters.packetsSent++;
        counters.octetsSent += length;
        ports.send(connection, out, 0, length);
    }

    private static byte[] room(byte[] array, int needed) {
        return needed <= array.length ? array : Arrays.copyOf(array, Math.max(needed, 2 * array.length));
    }
}

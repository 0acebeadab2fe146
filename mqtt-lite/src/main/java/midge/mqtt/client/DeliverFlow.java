package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;

/**
 * Inbound messages. One of QoS 2 is delivered when its PUBLISH comes, and its identifier remembered until PUBREL, so that no second
 * PUBLISH delivers it again (MQTT 5.0 §4.3.3, method B of the receiver).
 */
final class DeliverFlow {
    private final int version;
    private final MqttClientListener listener;
    private final SessionStore store;
    private final TransmitQueue queue;
    private final InboundIds ids;
    private final AliasTable aliases;

    int strayPackets;

    DeliverFlow(MqttClientConfig config, MqttClientListener listener, SessionStore store, TransmitQueue queue) {
        version = config.version;
        this.listener = listener;
        this.store = store;
        this.queue = queue;
        ids = new InboundIds(config.receiveMax);
        aliases = new AliasTable(config.topicAliasMax, config.aliasTopicBytes);
    }

    InboundIds ids() {
        return ids;
    }

    /** Aliases end with the connection, identifiers do not. */
    void onClosed() {
        aliases.clear();
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onPublish(MqttPublish publish) {
        byte[] topic = publish.buffer();
        int offset = publish.topicOffset();
        int length = publish.topicLength();
        MqttProperties properties = publish.properties();
        if (properties.contains(Property.TOPIC_ALIAS)) {
            int alias = (int) properties.number(Property.TOPIC_ALIAS, 0);
            int status = resolve(alias, topic, offset, length);
            if (status < 0) {
                return status;
            }
            topic = aliases.topics();
            offset = aliases.offset(alias);
            length = aliases.length(alias);
        }
        switch (publish.qos()) {
            case 0:
                listener.onMessage(topic, offset, length, publish);
                return Status.OK;
            case 1:
                int id = publish.packetId();
                queue.answer(MqttType.PUBACK, id, deliver(topic, offset, length, publish));
                return Status.OK;
            default:
                return deliverOnce(topic, offset, length, publish);
        }
    }

    private int resolve(int alias, byte[] topic, int offset, int length) {
        if (alias > aliases.capacity()) {
            return MqttError.TOPIC_ALIAS;
        }
        if (length > 0) {
            return aliases.set(alias, topic, offset, length) ? Status.OK : MqttError.ALIAS_TOPIC_LENGTH;
        }
        return aliases.length(alias) > 0 ? Status.OK : MqttError.TOPIC_ALIAS;
    }

    private int deliver(byte[] topic, int offset, int length, MqttPublish publish) {
        int reason = listener.onMessage(topic, offset, length, publish);
        return version < MqttVersion.V5 || reason < 0 || reason > 0xFF ? ReasonCode.SUCCESS : reason;
    }

    private int deliverOnce(byte[] topic, int offset, int length, MqttPublish publish) {
        int id = publish.packetId();
        if (ids.contains(id)) {
            queue.answer(MqttType.PUBREC, id, ReasonCode.SUCCESS);
            return Status.OK;
        }
        // Some servers exceed Receive Maximum after a resume; that is borne as long as it can be remembered.
        if (!ids.add(id)) {
            return MqttError.RECEIVE_MAXIMUM;
        }
        int reason = deliver(topic, offset, length, publish);
        if (ReasonCode.isFailure(reason)) {
            if (!ids.remove(id)) {
                return MqttError.RECEIVE_MAXIMUM;
            }
        } else if (store != null && store.putReceived(id) < 0) {
            return MqttError.STORE;
        }
        queue.answer(MqttType.PUBREC, id, reason);
        return Status.OK;
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onPubrel(MqttAck pubrel) {
        int id = pubrel.packetId();
        boolean known = ids.contains(id);
        if (!known) {
            strayPackets++;
        } else if (store != null && store.removeReceived(id) < 0) {
            return MqttError.STORE;
        } else if (!ids.remove(id)) {
            // Without PUBCOMP the server says PUBREL again on the next connection.
            return MqttError.RECEIVE_MAXIMUM;
        }
        boolean unknownV5 = !known && version >= MqttVersion.V5;
        queue.answer(MqttType.PUBCOMP, id, unknownV5 ? ReasonCode.PACKET_IDENTIFIER_NOT_FOUND : ReasonCode.SUCCESS);
        return Status.OK;
    }
}

package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;

/**
 * What an {@link MqttClient} tells the application, from within the call that caused it. Packets and arrays are lent for that call
 * only. A method may call the client's {@code publish}, {@code subscribe}, {@code unsubscribe}, {@code authenticate} and
 * {@code disconnect}; not {@code onBytes}, {@code onOpen} or {@code onClosed}.
 */
public interface MqttClientListener {
    /**
     * The server accepted. With {@code connack.sessionPresent()} its subscriptions are as they were, and unfinished messages have been
     * queued again; without it, subscribe now.
     */
    void onConnected(MqttConnack connack);

    /** The server refused; the client wants the stream closed. 5.0 may name another server in the properties. */
    void onRefused(MqttConnack connack);

    /**
     * A message has come; with QoS 2 never twice. Acknowledged after this returns.
     *
     * @param topic holds the topic name at {@code topicOffset}; not always the packet's array, since an alias may stand for the name
     * @param publish QoS, RETAIN, payload and properties
     * @return 0 to accept; in 5.0 a {@link midge.mqtt.codec.ReasonCode} of PUBACK and PUBREC, 0x80 or above to refuse
     */
    int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish);

    /**
     * A QoS 1/2 message is finished, or one that was pulled is sent.
     *
     * @param token as {@code publish} returned it; free for another message once this returns
     * @param result a {@link midge.mqtt.codec.ReasonCode} (0 before 5.0); or negative: {@link midge.mqtt.codec.MqttError#SESSION_LOST}
     *     when it is not known whether the message arrived, {@link midge.wire.Status#TOO_LARGE} or
     *     {@link midge.wire.Status#UNSUPPORTED} when this server does not take it, {@link midge.wire.Status#NOT_CONNECTED} when a
     *     pulled QoS 0 message was cut short
     * @param ack the packet that finished it, or {@code null}
     */
    void onDelivered(int token, int result, MqttAck ack);

    /** @param packetId as {@code subscribe} returned it; the codes follow the order of its filters */
    void onSubscribed(int packetId, MqttSuback suback);

    /** @param packetId as {@code unsubscribe} returned it */
    void onUnsubscribed(int packetId, MqttUnsuback unsuback);

    /** The server goes on with enhanced authentication (5.0 §4.12); answer with {@link MqttClient#authenticate} unless it is success. */
    void onAuth(MqttAuth auth);

    /** The server says why it closes (5.0 §3.14). */
    void onServerDisconnect(MqttDisconnect disconnect);

    /** This side cannot go on and wants the stream closed. @param error a {@link midge.mqtt.codec.MqttError} or status */
    void onFailed(int error);

    /**
     * Gives the next octets of a message published with {@link MqttClient#publishPulled}, from within {@code pollTransmit}.
     *
     * @param position octets before them; 0 again when the message is sent again
     * @return octets put into {@code out}, 0..length; 0 holds the whole stream until the next {@code pollTransmit}; negative ends the
     *     connection
     */
    int readPayload(int token, int position, byte[] out, int offset, int length);
}

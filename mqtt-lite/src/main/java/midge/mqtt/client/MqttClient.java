package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;

/**
 * One MQTT client. It owns no socket, clock or thread; the host moves octets and time:
 *
 * <pre>
 * // once the stream is open:  client.onOpen(nowMs);   when it is gone:  client.onClosed(nowMs);
 * taken = client.onBytes(rx, from, length, nowMs);      // keep what was not taken and offer it again
 * if (nowMs >= client.nextDeadlineMs()) { client.onTimeout(nowMs); }
 * while ((n = client.pollTransmit(tx, 0, free)) > 0) { stream.send(tx, 0, n); }
 * if (client.wantsClose()) { stream.close(); client.onClosed(nowMs); }
 * </pre>
 *
 * Ask {@code pollTransmit}, {@code wantsClose} and {@code nextDeadlineMs} again after every other call. The same object serves one
 * connection after another: unfinished QoS 1/2 messages stay, and are sent again when the server has kept the session. When to
 * reconnect is the host's decision. Nothing is allocated after construction and hostile octets end the connection, never the client.
 *
 * <p><em>Large messages.</em> {@link #publish} copies the message once, encoded, into its slot (QoS 1/2) or the send buffer (QoS 0),
 * from which it is sent again if need be. What does not fit is published with {@link #publishPulled}: only topic and properties are
 * kept, and {@link MqttClientListener#readPayload} gives the payload while it is sent, so no buffer has to be as large as a packet.
 */
public final class MqttClient {
    private static final byte[] NOTHING = new byte[0];

    private final MqttClientConfig config;
    private final TransmitQueue queue;
    private final MqttFramer framer;
    private final ServerLimits limits = new ServerLimits();
    private final InFlight inFlight;
    private final PublishFlow publishing;
    private final DeliverFlow delivering;
    private final RequestFlow requests;
    private final Connection connection;

    private final MqttPublish publish = new MqttPublish();
    private final MqttAck ack = new MqttAck();
    private final MqttSuback suback = new MqttSuback();
    private final MqttUnsuback unsuback = new MqttUnsuback();
    private final MqttPing ping = new MqttPing();

    private long nowMs;

    /** A client whose session ends with its program. */
    public MqttClient(MqttClientConfig config, MqttClientListener listener) {
        this(config, listener, null);
    }

    /** @param store where the session outlives a reboot, or {@code null} */
    public MqttClient(MqttClientConfig config, MqttClientListener listener, SessionStore store) {
        this.config = config;
        queue = new TransmitQueue(config.sendBytes, config.window);
        framer = new MqttFramer(config.packetSizeMax);
        inFlight = new InFlight(config, listener, store, queue, limits);
        publishing = new PublishFlow(config, queue, limits, inFlight);
        delivering = new DeliverFlow(config, listener, store, queue);
        requests = new RequestFlow(config, listener, queue, limits, inFlight.window());
        connection = new Connection(config, listener, store, queue, limits, inFlight, delivering);
    }

    /** The stream to the server is open: CONNECT is queued. Harmless when it was already. */
    public void onOpen(long now) {
        nowMs = now;
        connection.open(now);
    }

    /**
     * Chooses clean session (3.x) or clean start (5.0) for the connections from the next {@link #onOpen} on, in place of the configured
     * one: a 5.0 client often starts clean once and then resumes.
     *
     * @return {@link Status#OK}, or {@link Status#INVALID} when 3.x is to resume without a client identifier
     */
    public int clean(boolean cleanSession) {
        return connection.clean(cleanSession);
    }

    /** The stream is gone, whoever closed it. Unfinished messages stay for the next one; unanswered subscriptions do not. */
    public void onClosed(long now) {
        nowMs = now;
        connection.close();
        framer.reset();
        queue.clear();
        requests.clear();
        delivering.onClosed();
        inFlight.onClosed();
    }

    /**
     * Octets came in.
     *
     * @return octets taken, 0..length; when fewer than {@code length}, answers wait to be sent: offer the rest again after
     *     {@link #pollTransmit}. All are taken (and ignored) once {@link #wantsClose}
     */
    public int onBytes(byte[] bytes, int offset, int length, long now) {
        nowMs = now;
        connection.keepAlive().heard(now);
        if (!connection.isOpen()) {
            return length;
        }
        framer.push(bytes, offset, length);
        while (queue.hasRoomForAnswer()) {
            int n = framer.next();
            if (n == 0) {
                return length;
            }
            int status = n < 0 ? n : handle(framer.buffer(), framer.offset(), n);
            if (status < 0) {
                connection.fail(status);
            }
            if (!connection.isOpen()) {
                framer.reset();
                return length;
            }
        }
        return length - framer.putBack();
    }

    /** Time has come to {@link #nextDeadlineMs}. Harmless before. */
    public void onTimeout(long now) {
        nowMs = now;
        connection.onTimeout(now);
    }

    /** @return when to call {@link #onTimeout}; {@code Long.MAX_VALUE}: nothing to wait for */
    public long nextDeadlineMs() {
        return connection.deadlineMs();
    }

    /**
     * Gives the next octets of the stream; any capacity will do, packets are cut as needed.
     *
     * @return octets put into {@code out}; 0 when there is nothing to send now
     */
    public int pollTransmit(byte[] out, int offset, int capacity) {
        int n = 0;
        while (n < capacity && !queue.isEmpty()) {
            int moved = queue.firstMessage() < 0
                    ? queue.take(out, offset + n, capacity - n)
                    : inFlight.send(out, offset + n, capacity - n);
            if (moved < 0) {
                // A packet that was begun cannot be taken back, so not even DISCONNECT may follow.
                queue.clear();
                queue.seal();
                connection.fail(moved);
                break;
            }
            if (moved == 0) {
                break;
            }
            n += moved;
        }
        if (n > 0) {
            connection.keepAlive().sent(nowMs);
        }
        return n;
    }

    /** @return whether the host is to send what {@link #pollTransmit} still gives, close the stream and call {@link #onClosed} */
    public boolean wantsClose() {
        return connection.isEnding();
    }

    /** @return whether CONNACK has accepted and the connection is not being ended */
    public boolean isConnected() {
        return connection.isConnected();
    }

    /**
     * Publishes without properties; see the other {@link #publish}.
     *
     * @return a token; negative when refused
     */
    public int publish(
            int qos,
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] payload,
            int payloadOffset,
            int payloadLength,
            long now) {
        return publish(
                qos,
                retain,
                topic,
                topicOffset,
                topicLength,
                NOTHING,
                0,
                0,
                payload,
                payloadOffset,
                payloadLength,
                now);
    }

    /**
     * Queues one message. Everything is copied, so the caller's arrays are free again on return. QoS 1/2 is taken without a connection
     * too, and sent on the next one.
     *
     * @param qos 0..2
     * @param properties bare properties (5.0), see {@link MqttPropertiesWriter}; without topic alias, which this client chooses itself
     * @return a token, 1..65535, reported to {@link MqttClientListener#onDelivered}; 0 at QoS 0, which is not reported. Negative, and
     *     nothing was queued: {@link Status#BUSY} when the window or the send buffer is full; {@link Status#NOT_CONNECTED} (QoS 0
     *     only); {@link Status#TOO_SMALL} when it exceeds the slot or send buffer set at construction; {@link Status#TOO_LARGE} or
     *     {@link Status#UNSUPPORTED} when the server does not take it; {@link Status#INVALID} or a {@link MqttError} for bad arguments;
     *     what the {@link SessionStore} answered
     */
    public int publish(
            int qos,
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            byte[] payload,
            int payloadOffset,
            int payloadLength,
            long now) {
        nowMs = now;
        return publishing.publish(
                qos,
                retain,
                topic,
                topicOffset,
                topicLength,
                properties,
                propertiesOffset,
                propertiesLength,
                payload,
                payloadOffset,
                payloadLength);
    }

    /**
     * Queues one message whose payload {@link MqttClientListener#readPayload} gives while it is sent, and again if it must be sent
     * again. It takes a slot of the window at every QoS and is not given to the {@link SessionStore}.
     *
     * @param payloadLength octets, 0..268_435_455 less the rest of the packet
     * @return a token, 1..65535, reported to {@link MqttClientListener#onDelivered} at every QoS; negative as for {@link #publish}
     */
    public int publishPulled(
            int qos,
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            int payloadLength,
            long now) {
        nowMs = now;
        return publishing.publishPulled(
                qos,
                retain,
                topic,
                topicOffset,
                topicLength,
                properties,
                propertiesOffset,
                propertiesLength,
                payloadLength);
    }

    /**
     * Subscribes.
     *
     * @param list one or more entries written by {@link MqttSubscribe#entry}
     * @param properties bare properties (5.0): a subscription identifier, user properties
     * @return the packet identifier, see {@link MqttClientListener#onSubscribed}; negative, and nothing was queued:
     *     {@link Status#NOT_CONNECTED}, {@link Status#BUSY}, {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE},
     *     {@link Status#UNSUPPORTED} by this server or version, {@link Status#INVALID} or a {@link MqttError} for a bad filter or options
     */
    public int subscribe(
            byte[] list,
            int offset,
            int length,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            long now) {
        return request(MqttType.SUBSCRIBE, list, offset, length, properties, propertiesOffset, propertiesLength, now);
    }

    /** Unsubscribes. @param list one or more entries written by {@link MqttUnsubscribe#entry}. Otherwise as {@link #subscribe}. */
    public int unsubscribe(
            byte[] list,
            int offset,
            int length,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            long now) {
        return request(MqttType.UNSUBSCRIBE, list, offset, length, properties, propertiesOffset, propertiesLength, now);
    }

    private int request(
            int type, byte[] list, int offset, int length, byte[] properties, int at, int propertiesLength, long now) {
        nowMs = now;
        if (!connection.isConnected()) {
            return Status.NOT_CONNECTED;
        }
        return requests.request(type, list, offset, length, properties, at, propertiesLength);
    }

    /**
     * Goes on with enhanced authentication, or begins it again (5.0 §4.12). The method is that of the configuration.
     *
     * @param reasonCode {@link ReasonCode#CONTINUE_AUTHENTICATION} or {@link ReasonCode#REAUTHENTICATE}
     * @return {@link Status#OK}, {@link Status#WRONG_STATE}, {@link Status#UNSUPPORTED} without a method, {@link Status#TOO_SMALL}
     */
    public int authenticate(int reasonCode, byte[] data, int offset, int length, long now) {
        nowMs = now;
        return connection.authenticate(reasonCode, data, offset, length);
    }

    /** Ends the connection with DISCONNECT, so that the server forgets the will. As the other with success and no properties. */
    public int disconnect(long now) {
        return disconnect(ReasonCode.SUCCESS, NOTHING, 0, 0, now);
    }

    /**
     * Ends the connection: what is queued is still sent, then DISCONNECT, then {@link #wantsClose} is to be obeyed.
     *
     * @param reasonCode for 5.0, such as {@link ReasonCode#DISCONNECT_WITH_WILL}; 3.x tells no reason
     * @param properties bare properties (5.0), such as a new session expiry interval
     * @return {@link Status#OK}, {@link Status#NOT_CONNECTED}, {@link Status#BUSY} when there is no room, {@link Status#UNSUPPORTED}
     *     before 5.0 with a reason or properties, or a {@link MqttError} for properties that DISCONNECT may not carry
     */
    public int disconnect(int reasonCode, byte[] properties, int offset, int length, long now) {
        nowMs = now;
        return connection.disconnect(reasonCode, properties, offset, length);
    }

    private int handle(byte[] b, int at, int length) {
        int type = MqttHeader.type(b, at);
        if (connection.isConnecting() && type != MqttType.CONNACK && type != MqttType.AUTH) {
            return MqttError.CONNACK_EXPECTED;
        }
        switch (type) {
            case MqttType.PUBLISH: {
                int status = publish.wrap(b, at, length, config.version);
                return status < 0 ? status : delivering.onPublish(publish);
            }
            case MqttType.PUBACK:
            case MqttType.PUBREC:
            case MqttType.PUBREL:
            case MqttType.PUBCOMP:
                return onAck(b, at, length, type);
            case MqttType.PINGRESP: {
                int status = ping.wrap(b, at, length, config.version);
                connection.keepAlive().pingAnswered();
                return status;
            }
            case MqttType.SUBACK: {
                int status = suback.wrap(b, at, length, config.version);
                status = status < 0 ? status : judgeProblem(suback.properties());
                return status < 0 ? status : requests.onSuback(suback);
            }
            case MqttType.UNSUBACK: {
                int status = unsuback.wrap(b, at, length, config.version);
                status = status < 0 ? status : judgeProblem(unsuback.properties());
                return status < 0 ? status : requests.onUnsuback(unsuback);
            }
            case MqttType.CONNACK:
                return connection.onConnack(b, at, length, nowMs);
            case MqttType.DISCONNECT:
                return connection.onDisconnect(b, at, length);
            case MqttType.AUTH:
                return connection.onAuth(b, at, length, nowMs);
            default:
                return MqttError.UNEXPECTED_PACKET;
        }
    }

    private int onAck(byte[] b, int at, int length, int type) {
        int status = ack.wrap(b, at, length, config.version);
        status = status < 0 ? status : judgeProblem(ack.properties());
        if (status < 0) {
            return status;
        }
        return type == MqttType.PUBREL ? delivering.onPubrel(ack) : inFlight.onAck(ack);
    }

    /** Reason strings and user properties may be switched off for these packets (§3.1.2-29). */
    private int judgeProblem(MqttProperties properties) {
        boolean unwanted = !config.requestProblemInformation
                && (properties.contains(Property.REASON_STRING) || properties.contains(Property.USER_PROPERTY));
        return unwanted ? MqttError.PROPERTY_MISPLACED : Status.OK;
    }

    /** There is a session with the server, perhaps with messages that the next calls bring back. Before the first {@link #onOpen}. */
    public void restoreSession() {
        connection.restoreSession();
    }

    /**
     * Brings back an unfinished message, in the order of {@link SessionStore#putMessage}. It will be sent with DUP.
     *
     * @param packet the PUBLISH as it was stored
     * @return {@link Status#OK}; {@link Status#BUSY} when the window is full; {@link Status#TOO_SMALL} when it exceeds the slot;
     *     {@link Status#INVALID} when the identifier came before; or a {@link MqttError}
     */
    public int restoreMessage(byte[] packet, int offset, int length) {
        int status = publish.wrap(packet, offset, length, config.version);
        if (status < 0) {
            return status;
        }
        if (publish.length() != length) {
            return MqttError.TRAILING_OCTETS;
        }
        if (publish.qos() == 0) {
            return MqttError.QOS;
        }
        return inFlight.restore(publish.packetId(), publish.qos(), packet, offset, length);
    }

    /** Brings back a message for which PUBREC had come; PUBREL will be sent. @return as {@link #restoreMessage} */
    public int restoreReleased(int packetId) {
        return inFlight.restore(packetId, 2, NOTHING, 0, 0);
    }

    /** Brings back the identifier of an inbound QoS 2 message. @return {@link Status#OK} or {@link Status#BUSY} when there is no room */
    public int restoreReceived(int packetId) {
        InboundIds ids = delivering.ids();
        return ids.contains(packetId) || ids.add(packetId) ? Status.OK : Status.BUSY;
    }

    /** @return QoS 1/2 and pulled messages that are not finished */
    public int unfinished() {
        return inFlight.window().count();
    }

    /** @return acknowledgements so far that belonged to nothing; a peer may send them after a crash */
    public int strayPackets() {
        return inFlight.strayPackets + delivering.strayPackets + requests.strayPackets;
    }
}

package midge.sim.broker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** CONNECT and DISCONNECT: who comes in, with which session, and how a client leaves (MQTT 5.0 §3.1, §3.14). */
final class Handshake {
    private Handshake() {}

    /** {@return {@link Status#OK} also when the client was refused with a CONNACK; else what is wrong with the packet} */
    static int onConnect(Connection connection, byte[] octets, int offset, int length) {
        MqttConnect connect = connection.core.codecs.connect;
        int status = connect.wrap(octets, offset, length);
        if (status == MqttError.PROTOCOL_LEVEL) {
            refuse(connection, MqttVersion.V3_1_1, ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
            return Status.OK;
        }
        if (status < 0) {
            return status;
        }
        int refusal = judge(connection.core, connect);
        if (refusal != ReasonCode.SUCCESS) {
            refuse(connection, connect.version(), refusal);
        } else {
            join(connection, connect);
        }
        return Status.OK;
    }

    private static int judge(BrokerCore core, MqttConnect connect) {
        if (connect.properties().contains(Property.AUTHENTICATION_METHOD)) {
            return ReasonCode.BAD_AUTHENTICATION_METHOD;
        }
        if (!core.config.authenticator().allows(user(connect), password(connect))) {
            return ReasonCode.BAD_USER_NAME_OR_PASSWORD;
        }
        if (connect.hasWill() && isBadWillTopic(connect)) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        boolean anonymousAllowed =
                connect.version() >= MqttVersion.V5 || (connect.version() == MqttVersion.V3_1_1 && connect.clean());
        return connect.clientIdLength() == 0 && !anonymousAllowed
                ? ReasonCode.CLIENT_IDENTIFIER_NOT_VALID
                : ReasonCode.SUCCESS;
    }

    private static boolean isBadWillTopic(MqttConnect connect) {
        String topic = Message.key(connect.buffer(), connect.willTopicOffset(), connect.willTopicLength());
        return Router.isReserved(topic) || TopicTree.levels(topic) > TopicTree.LEVELS_MAX;
    }

    private static @Nullable String user(MqttConnect connect) {
        return connect.hasUserName()
                ? new String(
                        connect.buffer(), connect.userNameOffset(), connect.userNameLength(), StandardCharsets.UTF_8)
                : null;
    }

    private static byte @Nullable [] password(MqttConnect connect) {
        int at = connect.hasPassword() ? connect.passwordOffset() : 0;
        return connect.hasPassword() ? Arrays.copyOfRange(connect.buffer(), at, at + connect.passwordLength()) : null;
    }

    private static void join(Connection connection, MqttConnect connect) {
        BrokerCore core = connection.core;
        boolean assigned = connect.clientIdLength() == 0;
        String clientId = assigned
                ? freshClientId(core)
                : Message.key(connect.buffer(), connect.clientIdOffset(), connect.clientIdLength());
        Session session = existing(core, clientId, connect.clean());
        boolean present = session != null;
        if (session == null) {
            session = core.sessions.create(clientId);
        }
        if (session == null) {
            refuse(connection, connect.version(), ReasonCode.SERVER_BUSY);
            return;
        }
        core.sessions.present(session);
        session.attach(connection, connect.hasWill() ? Will.of(connect, clientId) : null, expiryS(connect));
        connection.established(
                session,
                connect.version(),
                connect.keepAliveS(),
                (int) Math.min(
                        core.config.inflightMax(), connect.properties().number(Property.RECEIVE_MAXIMUM, 65_535)),
                connect.properties().number(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE));
        accept(connection, connect.version(), present, assigned ? clientId : null);
        session.resume();
    }

    /** {@return the session to go on with: a connection that still holds it is ended first} */
    private static @Nullable Session existing(BrokerCore core, String clientId, boolean clean) {
        Session session = core.sessions.find(clientId);
        if (session != null && session.connection != null) {
            session.connection.end(ReasonCode.SESSION_TAKEN_OVER); // a session of no expiry ends with it
            session = core.sessions.find(clientId);
        }
        if (session != null && clean) {
            core.sessions.end(session);
            return null;
        }
        return session;
    }

    private static long expiryS(MqttConnect connect) {
        if (connect.version() >= MqttVersion.V5) {
            return connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
        }
        return connect.clean() ? 0 : Session.FOR_EVER_S;
    }

    private static String freshClientId(BrokerCore core) {
        String id;
        do {
            id = String.format("midge-%08x%08x", core.prng.nextInt(), core.prng.nextInt());
        } while (core.sessions.find(id) != null);
        return id;
    }

    private static void accept(Connection connection, int version, boolean present, @Nullable String assignedId) {
        BrokerConfig config = connection.core.config;
        MqttPropertiesWriter properties = connection.core.writer.properties(256);
        if (version >= MqttVersion.V5) {
            properties.put(Property.RECEIVE_MAXIMUM, config.receiveMaximum());
            properties.put(Property.MAXIMUM_PACKET_SIZE, config.packetOctetsMax());
            properties.put(Property.TOPIC_ALIAS_MAXIMUM, config.topicAliasMaximum());
            if (assignedId != null) {
                byte[] octets = Message.octets(assignedId);
                properties.put(Property.ASSIGNED_CLIENT_IDENTIFIER, octets, 0, octets.length);
            }
        }
        boolean told = present && version >= MqttVersion.V3_1_1; // 3.1 reserves the bit
        connection.core.writer.connack(connection.id, version, told, ReasonCode.SUCCESS);
    }

    private static void refuse(Connection connection, int version, int reason) {
        connection.core.counters.connectionsRefused++;
        connection.core.writer.properties(0);
        int code = version >= MqttVersion.V5 ? reason : returnCode(reason);
        connection.core.writer.connack(connection.id, version, false, code);
        connection.close(false);
    }

    private static int returnCode(int reason) {
        return switch (reason) {
            case ReasonCode.UNSUPPORTED_PROTOCOL_VERSION -> ReasonCode.V3_UNACCEPTABLE_PROTOCOL;
            case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID -> ReasonCode.V3_IDENTIFIER_REJECTED;
            case ReasonCode.BAD_USER_NAME_OR_PASSWORD -> ReasonCode.V3_BAD_USER_NAME_OR_PASSWORD;
            case ReasonCode.NOT_AUTHORIZED -> ReasonCode.V3_NOT_AUTHORIZED;
            default -> ReasonCode.V3_SERVER_UNAVAILABLE;
        };
    }

    /** The client says goodbye; in 5.0 it may want its will published, or its session kept for another time than it said first. */
    static int onDisconnect(Connection connection, Session session, byte[] octets, int offset, int length) {
        MqttDisconnect disconnect = connection.core.codecs.disconnect;
        int status = disconnect.wrap(octets, offset, length, connection.version());
        if (status < 0) {
            return status;
        }
        long expiryS = disconnect.properties().number(Property.SESSION_EXPIRY_INTERVAL, session.expiryS);
        if (session.expiryS == 0 && expiryS != 0) {
            return MqttError.PROPERTY_MISPLACED; // a session that ends with the connection stays so
        }
        session.expiryS = expiryS;
        connection.close(disconnect.reasonCode() == ReasonCode.SUCCESS);
        return Status.OK;
    }
}

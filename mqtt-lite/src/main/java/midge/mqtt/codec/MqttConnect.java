package midge.mqtt.codec;

import midge.topic.TopicName;
import midge.topic.Utf8;
import midge.wire.Bytes;
import midge.wire.Status;

/**
 * CONNECT (MQTT 5.0 and 3.1.1 §3.1), read; {@link MqttConnectWriter} writes it:
 * {@code |1 0|Remaining Length|Name Length:2|Name|Level|Flags|Keep Alive:2|Properties, 5.0|Client Id|}, then as the flags say
 * {@code |Will Properties, 5.0|Will Topic|Will Payload|User Name|Password|}; each with a two-octet length.
 *
 * <p>Whether an identifier may be empty is for the server to say (it answers with a CONNACK), so it is not judged here.
 */
public final class MqttConnect extends MqttPacket {
    static final int USER_NAME = 0x80;
    static final int PASSWORD = 0x40;
    static final int WILL_RETAIN = 0x20;
    static final int WILL_QOS = 0x18;
    static final int WILL = 0x04;
    static final int CLEAN = 0x02;
    private static final int RESERVED = 0x01;

    private final MqttProperties properties = new MqttProperties();
    private final MqttProperties willProperties = new MqttProperties();
    private int flagsAt;
    private int clientIdAt;
    private int willTopicAt;
    private int willPayloadAt;
    private int userNameAt;
    private int passwordAt;

    /** Reads any version; {@link #version} tells which. @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available) {
        return wrap(from, at, available, 0);
    }

    /**
     * @param protocolVersion the only one to accept, or 0 for any
     * @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError}
     */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = open(from, at, available, protocolVersion, MqttType.CONNECT);
        if (status < 0) {
            return status;
        }
        properties.clear();
        willProperties.clear();
        int next = readProtocol(protocolVersion);
        return next < 0 ? next : readPayload(next);
    }

    /** @return the position of the payload, or an error */
    private int readProtocol(int wanted) {
        int next = skipField(buffer, body, end);
        if (next < 0) {
            return next;
        }
        int name = nameVersions();
        if (name < 0) {
            return name;
        }
        if (end - next < 4) {
            return MqttError.FIELD_LENGTH;
        }
        version = Bytes.u8(buffer, next);
        boolean known = name == MqttVersion.V3_1
                ? version == MqttVersion.V3_1
                : version == MqttVersion.V3_1_1 || version == MqttVersion.V5;
        if (!known || (wanted != 0 && version != wanted)) {
            return MqttError.PROTOCOL_LEVEL;
        }
        flagsAt = next + 1;
        int status = judgeFlags(flags(), version);
        if (status < 0) {
            return status;
        }
        next += 4;
        if (version < MqttVersion.V5) {
            return next;
        }
        int size = properties.wrap(buffer, next, end, MqttType.CONNECT);
        return size < 0 ? size : next + size;
    }

    /** @return 3 for {@code MQIsdp}, 4 for {@code MQTT}, or {@link MqttError#PROTOCOL_NAME} */
    private int nameVersions() {
        int length = Bytes.u16(buffer, body);
        int at = body + 2;
        if (length == 4 && Bytes.u32(buffer, at) == MqttConnectWriter.MQTT) {
            return MqttVersion.V3_1_1;
        }
        boolean old = length == 6
                && Bytes.u32(buffer, at) == MqttConnectWriter.MQIS
                && Bytes.u16(buffer, at + 4) == MqttConnectWriter.DP;
        return old ? MqttVersion.V3_1 : MqttError.PROTOCOL_NAME;
    }

    private static int judgeFlags(int flags, int version) {
        boolean will = (flags & WILL) != 0;
        boolean passwordAlone = (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0;
        if ((flags & RESERVED) != 0
                || (!will && (flags & (WILL_QOS | WILL_RETAIN)) != 0)
                || (version < MqttVersion.V5 && passwordAlone)) {
            return MqttError.CONNECT_FLAGS;
        }
        return (flags & WILL_QOS) == WILL_QOS ? MqttError.QOS : Status.OK;
    }

    private int readPayload(int at) {
        clientIdAt = at;
        int next = skipString(at);
        if (next > 0 && hasWill()) {
            next = readWill(next);
        }
        if (next > 0 && hasUserName()) {
            userNameAt = next;
            next = skipString(next);
        }
        if (next > 0 && hasPassword()) {
            passwordAt = next;
            next = skipField(buffer, next, end);
        }
        if (next < 0) {
            return next;
        }
        return next == end ? Status.OK : MqttError.TRAILING_OCTETS;
    }

    private int readWill(int at) {
        int next = at;
        if (version >= MqttVersion.V5) {
            int size = willProperties.wrap(buffer, at, end, Property.WILL);
            if (size < 0) {
                return size;
            }
            next += size;
        }
        willTopicAt = next;
        next = skipField(buffer, next, end);
        if (next < 0) {
            return next;
        }
        int status = TopicName.check(buffer, willTopicOffset(), willTopicLength());
        if (status < 0) {
            return status;
        }
        willPayloadAt = next;
        return skipField(buffer, next, end);
    }

    private int skipString(int at) {
        int next = skipField(buffer, at, end);
        if (next < 0) {
            return next;
        }
        int status = Utf8.check(buffer, at + 2, next - at - 2);
        return status < 0 ? status : next;
    }

    private int flags() {
        return Bytes.u8(buffer, flagsAt);
    }

    /** @return clean session (3.x), clean start (5.0) */
    public boolean clean() {
        return (flags() & CLEAN) != 0;
    }

    /** @return seconds, 0..65535; 0 is off */
    public int keepAliveS() {
        return Bytes.u16(buffer, flagsAt + 1);
    }

    /** @return this packet's properties, none before 5.0 */
    public MqttProperties properties() {
        return properties;
    }

    /** @return where the client identifier begins in {@link #buffer} */
    public int clientIdOffset() {
        return clientIdAt + 2;
    }

    /** @return octets of the client identifier, may be 0 */
    public int clientIdLength() {
        return Bytes.u16(buffer, clientIdAt);
    }

    /** @return whether there is a will */
    public boolean hasWill() {
        return (flags() & WILL) != 0;
    }

    /** @return 0..2 */
    public int willQos() {
        return (flags() & WILL_QOS) >> 3;
    }

    /** @return whether the will is to be retained */
    public boolean willRetain() {
        return (flags() & WILL_RETAIN) != 0;
    }

    /** @return the will's properties, none before 5.0 */
    public MqttProperties willProperties() {
        return willProperties;
    }

    /** @return where the will's topic begins in {@link #buffer}; only with {@link #hasWill} */
    public int willTopicOffset() {
        return willTopicAt + 2;
    }

    /** @return octets of the will's topic; only with {@link #hasWill} */
    public int willTopicLength() {
        return Bytes.u16(buffer, willTopicAt);
    }

    /** @return where the will's payload begins in {@link #buffer}; only with {@link #hasWill} */
    public int willPayloadOffset() {
        return willPayloadAt + 2;
    }

    /** @return octets of the will's payload; only with {@link #hasWill} */
    public int willPayloadLength() {
        return Bytes.u16(buffer, willPayloadAt);
    }

    /** @return whether there is a user name */
    public boolean hasUserName() {
        return (flags() & USER_NAME) != 0;
    }

    /** @return where the user name begins in {@link #buffer}; only with {@link #hasUserName} */
    public int userNameOffset() {
        return userNameAt + 2;
    }

    /** @return octets of the user name; only with {@link #hasUserName} */
    public int userNameLength() {
        return Bytes.u16(buffer, userNameAt);
    }

    /** @return whether there is a password; in 3.x only with a user name */
    public boolean hasPassword() {
        return (flags() & PASSWORD) != 0;
    }

    /** @return where the password begins in {@link #buffer}; only with {@link #hasPassword} */
    public int passwordOffset() {
        return passwordAt + 2;
    }

    /** @return octets of the password; only with {@link #hasPassword} */
    public int passwordLength() {
        return Bytes.u16(buffer, passwordAt);
    }
}

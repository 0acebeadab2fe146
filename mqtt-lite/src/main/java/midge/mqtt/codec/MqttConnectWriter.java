package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * Writes CONNECT from what was set since {@link #reset}. It refers to the arrays that it was given and copies them only in
 * {@link #encode}, so they must stay as they are until then.
 */
public final class MqttConnectWriter {
    /** {@code MQTT}. */
    static final long MQTT = 0x4D515454L;
    /** {@code MQIs}, the beginning of {@code MQIsdp}. */
    static final long MQIS = 0x4D514973L;
    /** {@code dp}, the rest of it. */
    static final int DP = 0x6470;

    private int version;
    private int flags;
    private int keepAliveS;
    private final Slice properties = new Slice();
    private final Slice clientId = new Slice();
    private final Slice willProperties = new Slice();
    private final Slice willTopic = new Slice();
    private final Slice willPayload = new Slice();
    private final Slice userName = new Slice();
    private final Slice password = new Slice();

    /** A range of an array. */
    private static final class Slice {
        private byte[] array = new byte[0];
        private int offset;
        private int length;

        void set(byte[] bytes, int at, int count) {
            array = bytes;
            offset = at;
            length = count;
        }

        void clear() {
            length = 0;
        }

        boolean isField() {
            return Encoding.isField(length);
        }

        int put(byte[] out, int at) {
            return Encoding.putField(out, at, array, offset, length);
        }
    }

    /**
     * Begins anew: no will, no credentials, empty client identifier, no properties.
     *
     * @param protocolVersion a {@link MqttVersion}
     * @param clean clean session (3.x), clean start (5.0)
     * @param keepAlive seconds, 0..65535; 0 is off
     */
    public MqttConnectWriter reset(int protocolVersion, boolean clean, int keepAlive) {
        version = protocolVersion;
        flags = clean ? MqttConnect.CLEAN : 0;
        keepAliveS = keepAlive;
        properties.clear();
        clientId.clear();
        willProperties.clear();
        willTopic.clear();
        willPayload.clear();
        userName.clear();
        password.clear();
        return this;
    }

    /** Sets bare properties, see {@link MqttPropertiesWriter}; ignored before 5.0. */
    public MqttConnectWriter properties(byte[] bytes, int offset, int length) {
        properties.set(bytes, offset, length);
        return this;
    }

    /** Sets the client identifier. */
    public MqttConnectWriter clientId(byte[] bytes, int offset, int length) {
        clientId.set(bytes, offset, length);
        return this;
    }

    /** Sets the will's topic, with which there is a will. @param qos 0..2 */
    public MqttConnectWriter will(byte[] topic, int offset, int length, int qos, boolean retain) {
        willTopic.set(topic, offset, length);
        flags |= MqttConnect.WILL | qos << 3 | (retain ? MqttConnect.WILL_RETAIN : 0);
        return this;
    }

    /** Sets the will's payload; without it the will is an empty message. */
    public MqttConnectWriter willPayload(byte[] bytes, int offset, int length) {
        willPayload.set(bytes, offset, length);
        return this;
    }

    /** Sets the will's bare properties; ignored before 5.0. */
    public MqttConnectWriter willProperties(byte[] bytes, int offset, int length) {
        willProperties.set(bytes, offset, length);
        return this;
    }

    /** Sets the user name. */
    public MqttConnectWriter userName(byte[] bytes, int offset, int length) {
        userName.set(bytes, offset, length);
        flags |= MqttConnect.USER_NAME;
        return this;
    }

    /** Sets the password; before 5.0 only beside a user name. */
    public MqttConnectWriter password(byte[] bytes, int offset, int length) {
        password.set(bytes, offset, length);
        flags |= MqttConnect.PASSWORD;
        return this;
    }

    /** @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE}, or {@link Status#INVALID} for a field too long */
    public int encode(byte[] out, int at, int capacity) {
        if (!clientId.isField()
                || !willTopic.isField()
                || !willPayload.isField()
                || !userName.isField()
                || !password.isField()) {
            return Status.INVALID;
        }
        if (((properties.length | willProperties.length) >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(MqttType.CONNECT), remaining());
        if (next < 0) {
            return next;
        }
        next = putProtocol(out, next);
        next = clientId.put(out, next);
        if (has(MqttConnect.WILL)) {
            next = Encoding.putProperties(
                    out, next, version, willProperties.array, willProperties.offset, willProperties.length);
            next = willTopic.put(out, next);
            next = willPayload.put(out, next);
        }
        if (has(MqttConnect.USER_NAME)) {
            next = userName.put(out, next);
        }
        if (has(MqttConnect.PASSWORD)) {
            next = password.put(out, next);
        }
        return next - at;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int remaining() {
        int octets = (version == MqttVersion.V3_1 ? 12 : 10) + Encoding.propertiesSize(version, properties.length);
        octets += 2 + clientId.length;
        if (has(MqttConnect.WILL)) {
            octets += Encoding.propertiesSize(version, willProperties.length);
            octets += 4 + willTopic.length + willPayload.length;
        }
        if (has(MqttConnect.USER_NAME)) {
            octets += 2 + userName.length;
        }
        return has(MqttConnect.PASSWORD) ? octets + 2 + password.length : octets;
    }

    private int putProtocol(byte[] out, int at) {
        boolean old = version == MqttVersion.V3_1;
        int next = at + (old ? 8 : 6);
        Bytes.putU16(out, at, old ? 6 : 4);
        Bytes.putU32(out, at + 2, old ? MQIS : MQTT);
        if (old) {
            Bytes.putU16(out, at + 6, DP);
        }
        Bytes.putU8(out, next, version);
        Bytes.putU8(out, next + 1, flags);
        Bytes.putU16(out, next + 2, keepAliveS);
        return Encoding.putProperties(out, next + 4, version, properties.array, properties.offset, properties.length);
    }
}

package midge.mqtt.codec;

import midge.topic.TopicName;
import midge.topic.Utf8;
import midge.wire.Bytes;
import midge.wire.Status;

/**
 * The properties of one 5.0 packet: judged as a whole by {@link #wrap}, then looked up by identifier or walked in order:
 *
 * <pre>
 * properties.rewind();
 * while (properties.next()) { if (properties.id() == Property.USER_PROPERTY) { ... nameOffset() ... valueOffset() ... } }
 * </pre>
 *
 * Judged are identifiers, places, repeats, lengths, UTF-8 and ranges. Whether this side may send the property (Subscription
 * Identifier in PUBLISH, Session Expiry Interval and Server Reference in DISCONNECT) is left to who knows the direction.
 */
public final class MqttProperties {
    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int start;
    private int end;
    /** A bit for each identifier that occurs; identifiers are below 64. */
    private long present;

    private int cursor;
    private int id;
    private int nameAt;
    private int valueAt;
    private int valueLength;

    /** There are none, as in every packet before 5.0. */
    void clear() {
        start = end;
        cursor = end;
        present = 0;
    }

    /**
     * Judges a property section that begins with its length at {@code at}.
     *
     * @param limit first position that the section may not reach
     * @param packet the type of the packet, or {@link Property#WILL}
     * @return octets of the whole section (at least 1), or an {@link MqttError}
     */
    public int wrap(byte[] from, int at, int limit, int packet) {
        clear();
        int length = VariableInteger.read(from, at, limit - at);
        if (length < 0) {
            return MqttError.PROPERTY_LENGTH;
        }
        int size = VariableInteger.size(length);
        if (limit - at - size < length) {
            return MqttError.PROPERTY_LENGTH;
        }
        int status = wrapBare(from, at + size, length, packet);
        return status < 0 ? status : size + length;
    }

    /**
     * Judges {@code length} octets of properties without their length in front, the form in which encoders take them.
     *
     * @return {@link Status#OK} or an {@link MqttError}
     */
    public int wrapBare(byte[] from, int at, int length, int packet) {
        clear();
        buffer = from;
        int limit = at + length;
        long seen = 0;
        for (int i = at; i < limit; ) {
            int property = from[i] & 0xFF;
            int verdict = judgeIdentifier(property, packet, seen);
            if (verdict < 0) {
                return verdict;
            }
            seen |= 1L << property;
            i = locate(property, i + 1, limit);
            verdict = i < 0 ? i : judgeValue(property);
            if (verdict < 0) {
                return verdict;
            }
        }
        if ((seen & 1L << Property.AUTHENTICATION_DATA) != 0 && (seen & 1L << Property.AUTHENTICATION_METHOD) == 0) {
            return MqttError.AUTHENTICATION_DATA;
        }
        start = at;
        end = limit;
        cursor = at;
        present = seen;
        return Status.OK;
    }

    private static int judgeIdentifier(int property, int packet, long seen) {
        if (Property.type(property) == Property.NONE) {
            return MqttError.PROPERTY_UNKNOWN;
        }
        if (!Property.isAllowed(property, packet)) {
            return MqttError.PROPERTY_MISPLACED;
        }
        if ((seen & 1L << property) != 0 && !Property.isRepeatable(property, packet)) {
            return MqttError.PROPERTY_REPEATED;
        }
        return Status.OK;
    }

    /** Makes the property with its value at {@code at} the current one. @return the position after it, or an error */
    private int locate(int property, int at, int limit) {
        id = property;
        valueAt = at;
        switch (Property.type(property)) {
            case Property.BYTE:
                return fixed(1, limit);
            case Property.TWO_BYTE:
                return fixed(2, limit);
            case Property.FOUR_BYTE:
                return fixed(4, limit);
            case Property.VARIABLE:
                int value = VariableInteger.read(buffer, at, limit - at);
                return value < 0 ? MqttError.PROPERTY_LENGTH : fixed(VariableInteger.size(value), limit);
            case Property.PAIR:
                int afterName = MqttPacket.skipField(buffer, at, limit);
                if (afterName < 0) {
                    return MqttError.PROPERTY_LENGTH;
                }
                nameAt = at;
                return field(afterName, limit);
            default:
                return field(at, limit);
        }
    }

    private int fixed(int size, int limit) {
        valueLength = size;
        return limit - valueAt < size ? MqttError.PROPERTY_LENGTH : valueAt + size;
    }

    private int field(int at, int limit) {
        int after = MqttPacket.skipField(buffer, at, limit);
        if (after < 0) {
            return MqttError.PROPERTY_LENGTH;
        }
        valueAt = at + 2;
        valueLength = after - valueAt;
        return after;
    }

    private int judgeValue(int property) {
        int type = Property.type(property);
        if (type == Property.PAIR) {
            int name = Utf8.check(buffer, nameOffset(), nameLength());
            return name < 0 ? name : Utf8.check(buffer, valueAt, valueLength);
        }
        if (type == Property.STRING) {
            return property == Property.RESPONSE_TOPIC
                    ? TopicName.check(buffer, valueAt, valueLength)
                    : Utf8.check(buffer, valueAt, valueLength);
        }
        return type == Property.BINARY ? Status.OK : judgeNumber(property, type);
    }

    private int judgeNumber(int property, int type) {
        // Every property of one octet is a choice of two.
        if (type == Property.BYTE) {
            return value() <= 1 ? Status.OK : MqttError.PROPERTY_VALUE;
        }
        switch (property) {
            case Property.TOPIC_ALIAS:
                return value() == 0 ? MqttError.TOPIC_ALIAS : Status.OK;
            case Property.RECEIVE_MAXIMUM:
            case Property.MAXIMUM_PACKET_SIZE:
            case Property.SUBSCRIPTION_IDENTIFIER:
                return value() == 0 ? MqttError.PROPERTY_VALUE : Status.OK;
            default:
                return Status.OK;
        }
    }

    /** @return the wrapped array, into which the offsets point */
    public byte[] buffer() {
        return buffer;
    }

    /** @return where the first property begins, after the section's length */
    public int offset() {
        return start;
    }

    /** @return octets of all properties without the section's length; 0 when there are none */
    public int length() {
        return end - start;
    }

    /** @return whether the property {@code property} (0..63) occurs */
    public boolean contains(int property) {
        return (present & 1L << property) != 0;
    }

    /** @return the number in {@code property}, or {@code absent} when it does not occur; leaves the walk where {@link #find} does */
    public long number(int property, long absent) {
        return find(property) ? value() : absent;
    }

    /** Makes the first {@code property} the current one, from where {@link #next} goes on. @return false when there is none */
    public boolean find(int property) {
        if (!contains(property)) {
            return false;
        }
        rewind();
        while (next()) {
            if (id == property) {
                return true;
            }
        }
        return false;
    }

    /** Goes back before the first property. */
    public void rewind() {
        cursor = start;
    }

    /** Makes the next property the current one. @return false at the end */
    public boolean next() {
        if (cursor >= end) {
            return false;
        }
        cursor = locate(buffer[cursor] & 0xFF, cursor + 1, end);
        return true;
    }

    /** @return the current property's identifier, see {@link Property} */
    public int id() {
        return id;
    }

    /** @return the current property's number, 0..4294967295; meaningful for the number types only */
    public long value() {
        switch (Property.type(id)) {
            case Property.BYTE:
                return Bytes.u8(buffer, valueAt);
            case Property.TWO_BYTE:
                return Bytes.u16(buffer, valueAt);
            case Property.FOUR_BYTE:
                return Bytes.u32(buffer, valueAt);
            case Property.VARIABLE:
                return VariableInteger.read(buffer, valueAt, valueLength);
            default:
                return 0;
        }
    }

    /** @return where the current string, binary data or pair's value begins in {@link #buffer} */
    public int valueOffset() {
        return valueAt;
    }

    /** @return octets of the current string, binary data or pair's value */
    public int valueLength() {
        return valueLength;
    }

    /** @return where the current pair's name begins in {@link #buffer} */
    public int nameOffset() {
        return nameAt + 2;
    }

    /** @return octets of the current pair's name */
    public int nameLength() {
        return Bytes.u16(buffer, nameAt);
    }
}

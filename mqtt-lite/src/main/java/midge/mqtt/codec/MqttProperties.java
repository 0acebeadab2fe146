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
            int verdict = Property.judge(property, packet);
            if (verdict < 0) {
                return verdict;
            }
            long bit = 1L << property;
            if ((seen & bit) != 0 && !Property.isRepeatable(property, packet)) {
                return MqttError.PROPERTY_REPEATED;
            }
            seen |= bit;
            i = locate(property, verdict, i + 1, limit, true);
            if (i < 0) {
                return i;
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

    /**
     * Makes the property with its value at {@code at} the current one.
     *
     * @param judge whether to judge the value too, or only its length
     * @return the position after it, or an error
     */
    private int locate(int property, int type, int at, int limit, boolean judge) {
        id = property;
        valueAt = at;
        int after;
        switch (type) {
            case Property.BYTE:
                after = fixed(1, limit);
                break;
            case Property.TWO_BYTE:
                after = fixed(2, limit);
                break;
            case Property.FOUR_BYTE:
                after = fixed(4, limit);
                break;
            case Property.VARIABLE:
                int value = VariableInteger.read(buffer, at, limit - at);
                after = value < 0 ? value : fixed(VariableInteger.size(value), limit);
                break;
            case Property.PAIR:
                return locatePair(at, limit, judge);
            default:
                after = field(at, limit);
                break;
        }
        if (after < 0) {
            return MqttError.PROPERTY_LENGTH;
        }
        int status = judge ? judgeValue(type) : Status.OK;
        return status < 0 ? status : after;
    }

    private int locatePair(int at, int limit, boolean judge) {
        nameAt = at;
        int value = MqttPacket.skipField(buffer, at, limit);
        int after = value < 0 ? value : field(value, limit);
        if (after < 0) {
            return MqttError.PROPERTY_LENGTH;
        }
        int status = judge ? Utf8.check(buffer, at + 2, value - at - 2) : Status.OK;
        if (judge && status == Status.OK) {
            status = judgeValue(Property.STRING);
        }
        return status < 0 ? status : after;
    }

    private int fixed(int size, int limit) {
        valueLength = size;
        return limit - valueAt < size ? MqttError.PROPERTY_LENGTH : valueAt + size;
    }

    private int field(int at, int limit) {
        int after = MqttPacket.skipField(buffer, at, limit);
        valueAt = at + 2;
        valueLength = after - valueAt;
        return after;
    }

    private int judgeValue(int type) {
        if (type == Property.STRING) {
            return id == Property.RESPONSE_TOPIC
                    ? TopicName.check(buffer, valueAt, valueLength)
                    : Utf8.check(buffer, valueAt, valueLength);
        }
        return type == Property.BINARY ? Status.OK : judgeNumber(type);
    }

    private int judgeNumber(int type) {
        // Every property of one octet is a choice of two.
        if (type == Property.BYTE) {
            return value() <= 1 ? Status.OK : MqttError.PROPERTY_VALUE;
        }
        switch (id) {
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
        int property = buffer[cursor] & 0xFF;
        cursor = locate(property, Property.type(property), cursor + 1, end, false);
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

package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * Collects properties in the caller's array, in the bare form (without the section's length) that the encoders take. The first
 * failure sticks until {@link #reset}, so a caller may test {@link #status} once at the end.
 */
public final class MqttPropertiesWriter {
    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private int limit;
    private int status;

    /** Begins anew at {@code offset} of {@code into}, with room for {@code capacity} octets. */
    public MqttPropertiesWriter reset(byte[] into, int offset, int capacity) {
        buffer = into;
        start = offset;
        end = offset;
        limit = offset + capacity;
        status = Status.OK;
        return this;
    }

    /** @return {@link Status#OK}, or {@link Status#TOO_SMALL}, {@link Status#INVALID} (wrong type or range) as first met */
    public int status() {
        return status;
    }

    /** @return the array given to {@link #reset} */
    public byte[] buffer() {
        return buffer;
    }

    /** @return where the properties begin */
    public int offset() {
        return start;
    }

    /** @return octets written so far */
    public int length() {
        return end - start;
    }

    /** Appends a property of a number type. @param value 0 up to what the type holds */
    public MqttPropertiesWriter put(int id, long value) {
        int size = numberSize(id, value);
        if (size == 0) {
            return fail(Status.INVALID);
        }
        if (!open(id, size)) {
            return this;
        }
        switch (Property.type(id)) {
            case Property.BYTE:
                Bytes.putU8(buffer, end, (int) value);
                break;
            case Property.TWO_BYTE:
                Bytes.putU16(buffer, end, (int) value);
                break;
            case Property.FOUR_BYTE:
                Bytes.putU32(buffer, end, value);
                break;
            default:
                VariableInteger.write(buffer, end, (int) value);
                break;
        }
        end += size;
        return this;
    }

    /** @return octets of the value, 0 when it does not fit the property's type */
    private static int numberSize(int id, long value) {
        switch (Property.type(id)) {
            case Property.BYTE:
                return value >>> 8 == 0 ? 1 : 0;
            case Property.TWO_BYTE:
                return value >>> 16 == 0 ? 2 : 0;
            case Property.FOUR_BYTE:
                return value >>> 32 == 0 ? 4 : 0;
            case Property.VARIABLE:
                return value >>> 28 == 0 ? VariableInteger.size((int) value) : 0;
            default:
                return 0;
        }
    }

    /** Appends a property of type string or binary. The octets are copied; a string must be valid UTF-8, which is not checked. */
    public MqttPropertiesWriter put(int id, byte[] value, int offset, int length) {
        int type = Property.type(id);
        if ((type != Property.STRING && type != Property.BINARY) || !Encoding.isField(length)) {
            return fail(Status.INVALID);
        }
        if (open(id, 2 + length)) {
            end = Encoding.putField(buffer, end, value, offset, length);
        }
        return this;
    }

    /** Appends a User Property. Both parts are copied; they must be valid UTF-8, which is not checked. */
    public MqttPropertiesWriter putUser(
            byte[] name, int nameOffset, int nameLength, byte[] value, int valueOffset, int valueLength) {
        if (!Encoding.isField(nameLength) || !Encoding.isField(valueLength)) {
            return fail(Status.INVALID);
        }
        if (open(Property.USER_PROPERTY, 4 + nameLength + valueLength)) {
            end = Encoding.putField(buffer, end, name, nameOffset, nameLength);
            end = Encoding.putField(buffer, end, value, valueOffset, valueLength);
        }
        return this;
    }

    private boolean open(int id, int size) {
        if (status < 0) {
            return false;
        }
        if (limit - end < 1 + size) {
            status = Status.TOO_SMALL;
            return false;
        }
        Bytes.putU8(buffer, end++, id);
        return true;
    }

    private MqttPropertiesWriter fail(int why) {
        if (status == Status.OK) {
            status = why;
        }
        return this;
    }
}

package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** What the encoders share. */
final class Encoding {
    private Encoding() {}

    /**
     * Writes the fixed header when the whole packet fits.
     *
     * @return the position after it, {@link Status#TOO_SMALL} or {@link Status#TOO_LARGE}
     */
    static int begin(byte[] out, int at, int capacity, int firstOctet, int remaining) {
        return beginHeader(out, at, capacity, firstOctet, remaining, 0);
    }

    /** As {@link #begin}, for a packet of which only the first {@code here} octets are written to {@code out}. */
    static int beginHeader(byte[] out, int at, int capacity, int firstOctet, int here, int elsewhere) {
        int remaining = here + elsewhere;
        // Also true for what became negative by overflow.
        if ((remaining >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        if (capacity - 1 - VariableInteger.size(remaining) < here) {
            return Status.TOO_SMALL;
        }
        out[at] = (byte) firstOctet;
        return VariableInteger.write(out, at + 1, remaining);
    }

    /** @return the first octet of a packet whose flags are fixed */
    static int firstOctet(int type) {
        return type << 4 | MqttType.flags(type);
    }

    /** @return octets of a property section with its length in front; 0 before 5.0 */
    static int propertiesSize(int version, int length) {
        return version < MqttVersion.V5 ? 0 : VariableInteger.size(length) + length;
    }

    /** @return whether {@code length} fits a field with a two-octet length */
    static boolean isField(int length) {
        return (length >>> 16) == 0;
    }

    /** Writes the property section of a 5.0 packet, nothing before 5.0. @return the position after it */
    static int putProperties(byte[] out, int at, int version, byte[] properties, int offset, int length) {
        if (version < MqttVersion.V5) {
            return at;
        }
        int next = VariableInteger.write(out, at, length);
        if (length > 0) {
            System.arraycopy(properties, offset, out, next, length);
        }
        return next + length;
    }

    /** Writes a field with a two-octet length in front. @return the position after it */
    static int putField(byte[] out, int at, byte[] field, int offset, int length) {
        Bytes.putU16(out, at, length);
        if (length > 0) {
            System.arraycopy(field, offset, out, at + 2, length);
        }
        return at + 2 + length;
    }

    /** @return octets of a reason code and properties at a packet's end, where both may be cut */
    static int reasonSize(int reasonCode, byte[] properties, int length) {
        if (properties == null) {
            return reasonCode == ReasonCode.SUCCESS ? 0 : 1;
        }
        return 1 + propertiesSize(MqttVersion.V5, length);
    }

    /** Writes what {@link #reasonSize} has counted. @return the position after it */
    static int putReason(byte[] out, int at, int reasonCode, byte[] properties, int offset, int length) {
        if (properties == null && reasonCode == ReasonCode.SUCCESS) {
            return at;
        }
        Bytes.putU8(out, at, reasonCode);
        return properties == null ? at + 1 : putProperties(out, at + 1, MqttVersion.V5, properties, offset, length);
    }
}

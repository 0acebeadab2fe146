package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** What all packet flyweights share: where the packet lies in the array that {@code wrap} was lent. */
public abstract class MqttPacket {
    private static final byte[] NOTHING = new byte[0];

    byte[] buffer = NOTHING;
    int offset;
    /** First octet after the fixed header. */
    int body;
    /** First octet after the packet. */
    int end;

    int version;

    MqttPacket() {}

    /** @return the array that was wrapped; all offsets of this packet count from its start */
    public final byte[] buffer() {
        return buffer;
    }

    /** @return where the packet begins */
    public final int offset() {
        return offset;
    }

    /** @return octets of the whole packet, fixed header included */
    public final int length() {
        return end - offset;
    }

    /** @return the {@link MqttVersion} by which it was read */
    public final int version() {
        return version;
    }

    /** Finds the packet's ends. Type and flags are the caller's to judge. */
    final int open(byte[] from, int at, int available, int protocolVersion) {
        if (available < 2) {
            return Status.TRUNCATED;
        }
        int remaining = from[at + 1];
        int start = at + 2;
        if (remaining < 0) {
            remaining = VariableInteger.read(from, at + 1, available - 1);
            if (remaining < 0) {
                return remaining == Status.TRUNCATED ? Status.TRUNCATED : MqttError.REMAINING_LENGTH;
            }
            start = at + 1 + VariableInteger.size(remaining);
        }
        if (available - (start - at) < remaining) {
            return Status.TRUNCATED;
        }
        buffer = from;
        offset = at;
        body = start;
        end = start + remaining;
        version = protocolVersion;
        return Status.OK;
    }

    /** As {@link #open}, for a type whose flags are fixed. */
    final int open(byte[] from, int at, int available, int protocolVersion, int type) {
        if (available > 0 && (from[at] & 0xFF) != (type << 4 | MqttType.flags(type))) {
            int verdict = judgeFirstOctet(from[at] & 0xFF, type, protocolVersion);
            if (verdict < 0) {
                return verdict;
            }
        }
        return open(from, at, available, protocolVersion);
    }

    private static int judgeFirstOctet(int first, int type, int protocolVersion) {
        int actual = MqttType.of(first);
        if (actual != type) {
            return actual == 0 ? MqttError.RESERVED_TYPE : MqttError.WRONG_TYPE;
        }
        // MQTT 3.1 marked resends of these three with DUP.
        boolean dup = protocolVersion == MqttVersion.V3_1
                && MqttType.flags(type) != 0
                && (first & 0x0F) == (0x08 | MqttType.flags(type));
        return dup ? Status.OK : MqttError.RESERVED_FLAGS;
    }

    /** @return the position after the field with a two-octet length at {@code at}, or {@link MqttError#FIELD_LENGTH} */
    static int skipField(byte[] from, int at, int end) {
        if (end - at < 2) {
            return MqttError.FIELD_LENGTH;
        }
        int length = Bytes.u16(from, at);
        return end - at - 2 < length ? MqttError.FIELD_LENGTH : at + 2 + length;
    }

    /** Reads a packet identifier. @return 1..65535, or an error */
    static int readPacketId(byte[] from, int at, int end) {
        if (end - at < 2) {
            return MqttError.FIELD_LENGTH;
        }
        int id = Bytes.u16(from, at);
        return id == 0 ? MqttError.PACKET_ID_ZERO : id;
    }
}

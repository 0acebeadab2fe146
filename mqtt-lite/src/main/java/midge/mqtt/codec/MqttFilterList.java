package midge.mqtt.codec;

import midge.topic.TopicFilter;
import midge.wire.Bytes;
import midge.wire.Status;

/** What SUBSCRIBE and UNSUBSCRIBE share: {@code |Packet Id:2|Properties, 5.0|} and a list of filters, walked with {@link #next}. */
public abstract class MqttFilterList extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    /** Octets behind each filter. */
    private final int optionsSize;

    private int packetId;
    private int listAt;
    private int count;
    private int cursor;
    private int filterAt;

    MqttFilterList(int optionsSize) {
        this.optionsSize = optionsSize;
    }

    final int wrap(byte[] from, int at, int available, int protocolVersion, int type) {
        int status = open(from, at, available, protocolVersion, type);
        if (status < 0) {
            return status;
        }
        packetId = readPacketId(from, body, end);
        if (packetId < 0) {
            return packetId;
        }
        properties.clear();
        listAt = body + 2;
        if (protocolVersion >= MqttVersion.V5) {
            int size = properties.wrap(from, listAt, end, type);
            if (size < 0) {
                return size;
            }
            listAt += size;
        }
        return judgeList();
    }

    private int judgeList() {
        count = 0;
        for (int at = listAt; at < end; ) {
            int next = skipField(buffer, at, end);
            if (next < 0 || end - next < optionsSize) {
                return MqttError.FIELD_LENGTH;
            }
            filterAt = at + 2;
            cursor = next + optionsSize;
            int status = version < MqttVersion.V5
                    ? TopicFilter.checkPlain(buffer, filterAt, filterLength())
                    : TopicFilter.check(buffer, filterAt, filterLength());
            if (status == Status.OK) {
                status = judgeOptions();
            }
            if (status < 0) {
                return status;
            }
            at = cursor;
            count++;
        }
        rewind();
        return count == 0 ? MqttError.EMPTY_LIST : Status.OK;
    }

    /** Judges what stands behind the current filter. */
    abstract int judgeOptions();

    /** @return 1..65535 */
    public final int packetId() {
        return packetId;
    }

    /** @return this packet's properties, none before 5.0 */
    public final MqttProperties properties() {
        return properties;
    }

    /** @return filters in this packet, at least 1 */
    public final int count() {
        return count;
    }

    /** Goes back before the first filter. */
    public final void rewind() {
        cursor = listAt;
    }

    /** Makes the next filter the current one. @return false at the end */
    public final boolean next() {
        if (cursor >= end) {
            return false;
        }
        filterAt = cursor + 2;
        cursor = filterAt + filterLength() + optionsSize;
        return true;
    }

    /** @return where the current filter begins in {@link #buffer} */
    public final int filterOffset() {
        return filterAt;
    }

    /** @return octets of the current filter */
    public final int filterLength() {
        return Bytes.u16(buffer, filterAt - 2);
    }

    /** @return where the list begins in {@link #buffer}, in the form that {@code encode} takes */
    public final int listOffset() {
        return listAt;
    }

    /** @return octets of the list */
    public final int listLength() {
        return end - listAt;
    }

    static int encodeList(
            byte[] out,
            int at,
            int capacity,
            int version,
            int type,
            int packetId,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            byte[] list,
            int listOffset,
            int listLength) {
        if (packetId <= 0 || packetId > 0xFFFF || listLength == 0) {
            return Status.INVALID;
        }
        if (((propertiesLength | listLength) >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        int remaining = 2 + Encoding.propertiesSize(version, propertiesLength) + listLength;
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(type), remaining);
        if (next < 0) {
            return next;
        }
        Bytes.putU16(out, next, packetId);
        next = Encoding.putProperties(out, next + 2, version, properties, propertiesOffset, propertiesLength);
        System.arraycopy(list, listOffset, out, next, listLength);
        return next + listLength - at;
    }
}

package midge.gateway.flow;

import midge.gateway.table.BlockPool;
import midge.gateway.table.ByteQueue;
import midge.mqtt.codec.MqttHeader;
import midge.wire.Status;

/**
 * Cuts a broker's stream into packets. A packet that lies whole in what arrived is handed on where it lies; only one that is cut waits
 * in the shared pool. Of a packet larger than the bound the beginning is handed on, so that it can be acknowledged, and the rest is
 * skipped: MQTT 3.1.1 gives a client no way to ask for smaller ones, and closing the connection would bring it again and again.
 */
final class PacketCutter {
    /** Takes the packets. */
    interface Sink {
        /** @return false to stop: the stream is of no more use */
        boolean onCut(byte[] octets, int offset, int length, boolean whole, long nowMs);
    }

    private final ByteQueue kept;
    private final byte[] joined;
    private final int max;
    private int total;
    private int skip;

    PacketCutter(BlockPool pool, byte[] joined) {
        kept = new ByteQueue(pool);
        this.joined = joined;
        max = joined.length;
    }

    /** A new stream begins. */
    void reset() {
        kept.clear();
        total = 0;
        skip = 0;
    }

    /** @return {@link Status#OK}, also when the sink stopped; {@link Status#MALFORMED}; {@link Status#BUSY} when the pool is used up */
    int feed(byte[] octets, int offset, int length, Sink sink, long nowMs) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (skip > 0) {
                int part = Math.min(skip, end - at);
                skip -= part;
                at += part;
            } else if (kept.size() > 0) {
                int part = keep(octets, at, end - at);
                if (part < 0) {
                    return part;
                }
                at += part;
                if (total > 0 && kept.size() == Math.min(total, max) && !handOnKept(sink, nowMs)) {
                    return Status.OK;
                }
            } else {
                total = MqttHeader.packetLength(octets, at, end - at);
                if (total < 0 && total != Status.TRUNCATED) {
                    return Status.MALFORMED;
                }
                int size = Math.min(total, max);
                if (total < 0 || size > end - at) {
                    total = Math.max(total, 0);
                    return kept.add(octets, at, end - at) ? Status.OK : Status.BUSY;
                }
                skip = total - size;
                at += size;
                if (!sink.onCut(octets, at - size, size, skip == 0, nowMs)) {
                    return Status.OK;
                }
            }
        }
        return Status.OK;
    }

    /** Adds to the cut packet, one octet at a time while its length is unknown. @return octets used, or a negative status */
    private int keep(byte[] octets, int at, int available) {
        int part = total == 0 ? 1 : Math.min(Math.min(total, max) - kept.size(), available);
        if (!kept.add(octets, at, part)) {
            return Status.BUSY;
        }
        if (total == 0) {
            kept.copy(joined, 0);
            int length = MqttHeader.packetLength(joined, 0, kept.size());
            if (length < 0 && length != Status.TRUNCATED) {
                return Status.MALFORMED;
            }
            total = Math.max(length, 0);
        }
        return part;
    }

    private boolean handOnKept(Sink sink, long nowMs) {
        int size = kept.size();
        kept.copy(joined, 0);
        kept.clear();
        skip = total - size;
        return sink.onCut(joined, 0, size, skip == 0, nowMs);
    }
}

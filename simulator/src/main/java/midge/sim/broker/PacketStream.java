package midge.sim.broker;

import java.util.Arrays;
import midge.mqtt.codec.MqttHeader;
import midge.wire.Status;

/**
 * Cuts one connection's octets into packets, however they were chunked. A packet that lies whole in a chunk is judged there; only the
 * rest of a chunk is kept, in an array that grows with what has really come.
 */
final class PacketStream {
    /** Takes packets. */
    interface Handler {
        /** {@return whether to go on: false once the connection is closed} */
        boolean onPacket(byte[] octets, int offset, int length);
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_ROOM = 256;

    private byte[] kept = NOTHING;
    private int keptLength;

    /**
     * Hands over every packet that is whole now.
     *
     * @param packetMax the largest packet to take
     * @return {@link Status#OK}; {@link Status#TOO_LARGE} or a codec's error when the stream cannot go on
     */
    int onBytes(byte[] octets, int offset, int length, int packetMax, Handler handler) {
        int at = offset;
        int end = offset + length;
        while (keptLength > 0 && at < end) {
            int wanted = MqttHeader.packetLength(kept, 0, keptLength);
            int missing = wanted == Status.TRUNCATED ? 1 : wanted - keptLength;
            if (wanted < 0 && wanted != Status.TRUNCATED) {
                return wanted;
            }
            if (wanted > packetMax) {
                return Status.TOO_LARGE;
            }
            int taken = Math.min(missing, end - at);
            keep(octets, at, taken);
            at += taken;
            if (isWhole()) {
                byte[] packet = kept;
                int packetLength = keptLength;
                keptLength = 0;
                kept = packet.length > 4096 ? NOTHING : packet;
                if (!handler.onPacket(packet, 0, packetLength)) {
                    return Status.OK;
                }
            }
        }
        return takeWhole(octets, at, end, packetMax, handler);
    }

    /** {@return whether no packet is half here} */
    boolean isEmpty() {
        return keptLength == 0;
    }

    /** Lets go of what is kept. */
    void clear() {
        kept = NOTHING;
        keptLength = 0;
    }

    private boolean isWhole() {
        return MqttHeader.packetLength(kept, 0, keptLength) == keptLength;
    }

    private int takeWhole(byte[] octets, int from, int end, int packetMax, Handler handler) {
        int at = from;
        while (at < end) {
            int wanted = MqttHeader.packetLength(octets, at, end - at);
            if (wanted < 0 && wanted != Status.TRUNCATED) {
                return wanted;
            }
            if (wanted > packetMax) {
                return Status.TOO_LARGE;
            }
            if (wanted == Status.TRUNCATED || wanted > end - at) {
                keep(octets, at, end - at);
                return Status.OK;
            }
            if (!handler.onPacket(octets, at, wanted)) {
                return Status.OK;
            }
            at += wanted;
        }
        return Status.OK;
    }

    private void keep(byte[] octets, int offset, int length) {
        int needed = keptLength + length;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(needed, Math.max(FIRST_ROOM, kept.length * 2)));
        }
        System.arraycopy(octets, offset, kept, keptLength, length);
        keptLength = needed;
    }
}

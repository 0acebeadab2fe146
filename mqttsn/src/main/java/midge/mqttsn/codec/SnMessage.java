package midge.mqttsn.codec;

import midge.wire.Status;

/**
 * Any message: tells its type, so that the right view can be put on the same octets next. Judges the length by the header, the type by
 * the version, and the size by the type; rules inside a message are judged by the {@code wrap} of its own view.
 */
public final class SnMessage extends SnFlyweight {
    private boolean encapsulated;

    /**
     * @return {@link Status#OK}, also for a forwarder's envelope whose inner message has a sound header; {@code TRUNCATED},
     *     {@code MALFORMED}, or {@code UNSUPPORTED} for a reserved type (§5.2.2)
     */
    public int wrap(byte[] buffer, int offset, int length) {
        encapsulated = SnForward.isEnvelope(buffer, offset, length);
        if (!encapsulated) {
            return open(buffer, offset, length);
        }
        int status = SnForward.judge(buffer, offset, length);
        return status < 0 ? status : place(buffer, offset, offset + SnHeader.SHORT, offset + length);
    }

    /** @return the type; {@link SnType#ENCAPSULATED} for an envelope. After {@code UNSUPPORTED}: the reserved type */
    public int type() {
        return encapsulated ? SnType.ENCAPSULATED : super.type();
    }

    /** @return index of the first octet behind the type */
    public int bodyOffset() {
        return body();
    }

    /** @return octets behind the type */
    public int bodyLength() {
        return end() - body();
    }
}

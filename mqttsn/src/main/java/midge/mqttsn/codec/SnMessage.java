package midge.mqttsn.codec;

import midge.wire.Status;

/**
 * Any message: tells its type, so that the right view can be put on the same octets next. Judges the length by the header, the type by
 * the version, and the size by the type; rules inside a message are judged by the {@code wrap} of its own view. The short fields that
 * pair messages can be read here for every type, which is enough for acknowledgements.
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

    /** @return the MsgId as it came; -1 for a type without one */
    public int msgId() {
        return encapsulated ? -1 : field16(SnProtocol.V1_2.msgIdAt(type()));
    }

    /** @return the TopicId as it came; -1 for a type without one at a fixed place, such as SUBSCRIBE */
    public int topicId() {
        return encapsulated ? -1 : field16(SnProtocol.V1_2.topicIdAt(type()));
    }

    /** @return the ReturnCode as it came; -1 for a type without one */
    public int returnCode() {
        int at = encapsulated ? -1 : SnProtocol.V1_2.returnCodeAt(type());
        return at < 0 ? -1 : u8(at);
    }

    private int field16(int at) {
        return at < 0 ? -1 : u16(at);
    }
}

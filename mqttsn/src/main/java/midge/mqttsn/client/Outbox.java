package midge.mqttsn.client;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * What waits to be sent, oldest first: {@code |length:2|token:2|kind and marks|flags|topic:2|msgId:2|octets…|} a record. Only the head
 * is ever in an exchange. Taking the head moves the rest down, which is cheap at the sizes and rates of a device and keeps every record
 * in one piece.
 */
final class Outbox {
    /** Octets of a record besides its payload. */
    static final int HEADER = 10;

    static final int PUBLISH = 1;
    /** PUBLISH at QoS -1 whose octets are a full name, {@code topic} octets long, and then the data. */
    static final int PUBLISH_NAMED = 2;

    static final int REGISTER = 3;
    static final int SUBSCRIBE = 4;
    static final int UNSUBSCRIBE = 5;
    static final int WILL_TOPIC = 6;
    static final int WILL_MESSAGE = 7;

    /** The topic was registered once more for this record, which happens once only. */
    static final int MARK_REREGISTERED = 0x80;
    /** PUBREC has come: PUBREL is next. */
    static final int MARK_RELEASED = 0x40;

    private static final int KIND_MASK = 0x0F;
    private static final int TOKEN_MASK = 0x7FFF;
    private static final int TOKEN = 2;
    private static final int KIND = 4;
    private static final int FLAGS = 5;
    private static final int TOPIC = 6;
    private static final int MSG_ID = 8;

    private final byte[] octets;
    private int used;
    private int count;
    private int lastToken;

    Outbox(int capacity) {
        octets = new byte[capacity];
    }

    /** @return {@link Status#OK} when a record with this payload fits now; {@code BUSY}, or {@code TOO_LARGE} if it never will */
    int fits(int length) {
        if (length > octets.length - HEADER) {
            return Status.TOO_LARGE;
        }
        return length > octets.length - HEADER - used ? Status.BUSY : Status.OK;
    }

    /** Adds a record whose payload is two runs of octets, and for which {@link #fits} has said OK. @return its token */
    int add(int kind, int flags, int topic, byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength) {
        int at = used;
        lastToken = (lastToken + 1) & TOKEN_MASK;
        used += HEADER + aLength + bLength;
        count++;
        Bytes.putU16(octets, at, used - at);
        Bytes.putU16(octets, at + TOKEN, lastToken);
        Bytes.putU8(octets, at + KIND, kind);
        Bytes.putU8(octets, at + FLAGS, flags);
        Bytes.putU16(octets, at + TOPIC, topic);
        Bytes.putU16(octets, at + MSG_ID, 0);
        System.arraycopy(a, aAt, octets, at + HEADER, aLength);
        System.arraycopy(b, bAt, octets, at + HEADER + aLength, bLength);
        return lastToken;
    }

    /** Takes the head off. */
    void pop() {
        int head = Bytes.u16(octets, 0);
        System.arraycopy(octets, head, octets, 0, used - head);
        used -= head;
        count--;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    int freeOctets() {
        return octets.length - used;
    }

    int token() {
        return Bytes.u16(octets, TOKEN);
    }

    int kind() {
        return Bytes.u8(octets, KIND) & KIND_MASK;
    }

    boolean isMarked(int mark) {
        return (Bytes.u8(octets, KIND) & mark) != 0;
    }

    void mark(int mark) {
        octets[KIND] |= (byte) mark;
    }

    int flags() {
        return Bytes.u8(octets, FLAGS);
    }

    void flags(int flags) {
        Bytes.putU8(octets, FLAGS, flags);
    }

    int topic() {
        return Bytes.u16(octets, TOPIC);
    }

    /** @return MsgId of the head; 0 when none has been drawn yet */
    int msgId() {
        return count == 0 ? 0 : Bytes.u16(octets, MSG_ID);
    }

    void msgId(int msgId) {
        Bytes.putU16(octets, MSG_ID, msgId);
    }

    byte[] buffer() {
        return octets;
    }

    int length() {
        return Bytes.u16(octets, 0) - HEADER;
    }

    /** @return whether a record of another kind than the id and short name ones names this entry of the topic table */
    boolean refersTo(int entry) {
        for (int at = 0; at < used; at += Bytes.u16(octets, at)) {
            int kind = Bytes.u8(octets, at + KIND) & KIND_MASK;
            boolean byEntry = kind == PUBLISH || kind == REGISTER || kind == SUBSCRIBE;
            if (byEntry && (octets[at + FLAGS] & 3) == 0 && Bytes.u16(octets, at + TOPIC) == entry) {
                return true;
            }
        }
        return false;
    }
}

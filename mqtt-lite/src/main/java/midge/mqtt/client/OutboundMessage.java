package midge.mqtt.client;

/** One slot of the {@link OutboundWindow}: an encoded PUBLISH in the window's arena, and how far it has come (§4.3, §4.4). */
final class OutboundMessage {
    /** The slot is free. */
    static final int FREE = 0;
    /** PUBLISH is to be queued when the connection and the server's quota allow. */
    static final int WAITING = 1;
    /** PUBLISH is in the transmit queue. */
    static final int QUEUED = 2;
    /** PUBLISH is sent; PUBACK or PUBREC is awaited. */
    static final int SENT = 3;
    /** PUBREC has come, on a connection before this one; PUBREL is to be queued. */
    static final int RELEASE_WAITING = 4;
    /** PUBREL is in the transmit queue. */
    static final int RELEASE_QUEUED = 5;
    /** PUBREL is sent; PUBCOMP is awaited. */
    static final int RELEASED = 6;

    final int index;
    /** Where the slot begins in the arena. */
    final int at;

    int state;
    int packetId;
    int qos;
    boolean retain;
    /** Octets in the slot: the whole packet, or all before a pulled payload. */
    int length;
    /** Octets of payload that the application gives while sending. */
    int pulledLength;
    /** Octets have left, so sending again is a redelivery. */
    boolean started;
    /** Topic alias to send it with, 0 for none. */
    int alias;
    /** The alias is set by this packet, which carries the topic too. */
    boolean setsAlias;
    /** Times that this slot was used; makes its packet identifiers differ. */
    int round;

    OutboundMessage previous;
    OutboundMessage next;

    OutboundMessage(int index, int at) {
        this.index = index;
        this.at = at;
    }

    /** @return octets of the packet as encoded */
    int packetLength() {
        return length + pulledLength;
    }

    /** @return whether PUBREC has come */
    boolean isReleased() {
        return state >= RELEASE_WAITING;
    }
}

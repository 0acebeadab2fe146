package midge.sim.net;

/** What one node did on the radio, counted since the world began. */
public final class LinkCounters {
    long framesSent;
    long octetsSent;
    long framesReceived;
    long octetsReceived;
    long framesLost;
    long framesCorrupted;
    long framesDuplicated;
    long framesDropped;
    long airtimeUs;

    LinkCounters() {}

    /** {@return frames given to the medium; one for a broadcast} */
    public long framesSent() {
        return framesSent;
    }

    /** {@return octets in these frames, without the medium's overhead} */
    public long octetsSent() {
        return octetsSent;
    }

    /** {@return frames that reached this node, duplicates too} */
    public long framesReceived() {
        return framesReceived;
    }

    /** {@return octets in these frames} */
    public long octetsReceived() {
        return octetsReceived;
    }

    /** {@return frames of this node that did not reach a receiver: lost, cut or isolated; counted for each receiver of a broadcast} */
    public long framesLost() {
        return framesLost;
    }

    /** {@return frames of this node that a receiver dropped because bits had been flipped on the line} */
    public long framesCorrupted() {
        return framesCorrupted;
    }

    /** {@return frames of this node that arrived twice} */
    public long framesDuplicated() {
        return framesDuplicated;
    }

    /** {@return frames that this node could not take: its inbox was full, or the array was too small, or the frame larger than the mtu} */
    public long framesDropped() {
        return framesDropped;
    }

    /** {@return microseconds that this node's transmitter was on} */
    public long airtimeUs() {
        return airtimeUs;
    }
}

package midge.hal.link;

/**
 * Carries whole frames to and from numbered peers. It may lose, repeat and reorder them; it never cuts, joins or alters one.
 *
 * <p>Peers are small numbers that the link gives out: {@link #BROADCAST} reaches everyone, {@link #GATEWAY} the peer that the link was
 * configured with (if any); others appear from {@link #lastPeer} and stay valid as long as the link is open.
 *
 * <p><em>For users:</em> call {@link #receive} until it answers 0 before going to rest. Trust neither length nor content of what
 * comes.
 *
 * <p><em>For board authors:</em> never block and never keep the caller's array. Wake {@code midge.hal.Idle} when a frame arrives. The
 * number of peers is bounded: give a number that has long been silent to the next newcomer.
 */
public interface DatagramLink {
    /** Everyone in reach, where the medium has broadcast. */
    int BROADCAST = -1;
    /** The peer named in the link's configuration. */
    int GATEWAY = 0;

    /** @return the largest frame that {@link #send} takes, octets */
    int mtu();

    /**
     * @return octets moved, always {@code length}; 0 when the link is merely full, try later; a negative {@link midge.hal.Hal} code
     *     when it is gone or the frame is larger than {@link #mtu}
     */
    int send(int peer, byte[] frame, int offset, int length);

    /**
     * @return length of the frame copied to {@code into}; 0 when none waits; a negative {@link midge.hal.Hal} code when the link is
     *     gone. A frame larger than {@code capacity} is dropped and counted, never cut
     */
    int receive(byte[] into, int offset, int capacity);

    /** @return who sent the frame that {@link #receive} returned last */
    int lastPeer();
}

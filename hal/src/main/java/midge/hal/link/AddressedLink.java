package midge.hal.link;

/**
 * A link whose peers have addresses of the medium's own. An address stays a peer's for ever; the number that {@link DatagramLink} gives
 * it may be another one's later, or after the link was opened anew.
 */
public interface AddressedLink extends DatagramLink {
    /** Longest address, octets. */
    int ADDRESS_MAX = 8;

    /**
     * Copies the address of a peer.
     *
     * @param peer as {@link #lastPeer} gives it
     * @param into has room for {@link #ADDRESS_MAX} octets from {@code offset} on
     * @return its length; a negative {@link midge.hal.Hal} code when the peer is not known
     */
    int address(int peer, byte[] into, int offset);

    /** @return the number of the peer at this address, newly given if need be; a negative {@link midge.hal.Hal} code when it is none */
    int peer(byte[] address, int offset, int length);
}

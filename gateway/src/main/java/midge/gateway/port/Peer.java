package midge.gateway.port;

import midge.gateway.table.Hashes;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is reached: the number of a listener, an address of up to {@value #MAX_ADDRESS} octets in the listener's own format
 * (UDP: the IP address, then two octets of port), and the wireless node id when a forwarder stands between (MQTT-SN 1.2 §5.5).
 *
 * <p>Two peers are equal when these three are. An object may be filled again and again: a host keeps one as a key, fills it for each
 * datagram and hands it to {@code GatewayCore.onDatagram}, which copies what it wants to keep. A peer that the core hands out through
 * {@link GatewayPorts} belongs to the core and may be read only during that call.
 *
 * <p>The {@link #attachment} is the host's own (for instance a ready socket address). It travels with every copy and takes no part in
 * equality, so a host can answer without building an address anew. The {@link #identity} travels likewise: it is the name that the link
 * has made sure of, such as a DTLS identity.
 */
public final class Peer {
    /** Longest address, octets: IPv6 and a port. */
    public static final int MAX_ADDRESS = 18;
    /** Longest wireless node id that is served, octets; the format would allow 252. */
    public static final int MAX_NODE = 24;

    /** Octets of the port at the end of an IP address. */
    public static final int PORT_OCTETS = 2;

    private final byte[] octets = new byte[MAX_ADDRESS + MAX_NODE];
    private int listener;
    private int addressLength;
    private int nodeLength;
    private int hash;
    private @Nullable Object attachment;
    private String identity = "";

    /** An empty peer: listener 0, no address. */
    public Peer() {
        rehash();
    }

    /** @return a new peer without a node id, see {@link #set} */
    public static Peer of(int listener, byte... address) {
        return new Peer().set(listener, address, 0, address.length);
    }

    /** @return the peer that stands for everybody on a listener: its address is empty */
    public static Peer everyone(int listener) {
        return new Peer().set(listener, new byte[0], 0, 0);
    }

    /**
     * Fills this peer; node id, attachment and identity are emptied.
     *
     * @param listener 0 and up, as the host numbers them
     * @param length   0..{@value #MAX_ADDRESS}; 0 means everyone on that listener
     * @return this
     * @throws IllegalArgumentException when the address is longer
     */
    public Peer set(int listener, byte[] address, int offset, int length) {
        if (length > MAX_ADDRESS) {
            throw new IllegalArgumentException("address of " + length + " octets, at most " + MAX_ADDRESS);
        }
        System.arraycopy(address, offset, octets, 0, length);
        this.listener = listener;
        addressLength = length;
        nodeLength = 0;
        attachment = null;
        identity = "";
        rehash();
        return this;
    }

    /** Makes this peer a copy of the other one, attachment and identity included. @return this */
    public Peer set(Peer other) {
        System.arraycopy(other.octets, 0, octets, 0, octets.length);
        listener = other.listener;
        addressLength = other.addressLength;
        nodeLength = other.nodeLength;
        hash = other.hash;
        attachment = other.attachment;
        identity = other.identity;
        return this;
    }

    /**
     * Adds the node behind a forwarder.
     *
     * @param length 0..{@value #MAX_NODE}; 0 removes it
     * @return this
     */
    public Peer node(byte[] id, int offset, int length) {
        System.arraycopy(id, offset, octets, MAX_ADDRESS, length);
        nodeLength = length;
        rehash();
        return this;
    }

    /** Gives the host's object along. @return this */
    public Peer attach(@Nullable Object object) {
        attachment = object;
        return this;
    }

    /** @return what the host attached to the peer that this one was copied from */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Tells whom the link has proved to be at the other end; empty on a link that proves nothing. @return this */
    public Peer identify(String name) {
        identity = name;
        return this;
    }

    /** @return whom the link has proved to be at the other end, of a forwarder the forwarder itself; empty: nobody knows */
    public String identity() {
        return identity;
    }

    /** @return the listener's number */
    public int listener() {
        return listener;
    }

    /** @return octets of address; 0 means everyone on the listener */
    public int addressLength() {
        return addressLength;
    }

    /** Copies the address to {@code into}. @return its length */
    public int address(byte[] into, int offset) {
        System.arraycopy(octets, 0, into, offset, addressLength);
        return addressLength;
    }

    /** @return whether the address begins with these bits, 0..8 * {@link #addressLength} */
    public boolean beginsWith(byte[] prefix, int bits) {
        int whole = bits >> 3;
        int mask = 0xFF00 >> (bits & 7) & 0xFF;
        return Bytes.equal(octets, 0, prefix, 0, whole) && (mask == 0 || ((octets[whole] ^ prefix[whole]) & mask) == 0);
    }

    /** @return a hash of the machine's address: without the port, where there is one, and without the node behind a forwarder */
    public int hostHash() {
        boolean ip = addressLength == MAX_ADDRESS || addressLength == 4 + PORT_OCTETS;
        return Hashes.of(
                Hashes.mix(Hashes.SEED, listener), octets, 0, ip ? addressLength - PORT_OCTETS : addressLength);
    }

    /** @return octets of wireless node id; 0 when no forwarder stands between */
    public int nodeLength() {
        return nodeLength;
    }

    /** Copies the node id to {@code into}. @return its length */
    public int node(byte[] into, int offset) {
        System.arraycopy(octets, MAX_ADDRESS, into, offset, nodeLength);
        return nodeLength;
    }

    /** @return whether both are on one listener and have one address, whatever their node ids */
    public boolean sameAddress(Peer other) {
        return listener == other.listener
                && addressLength == other.addressLength
                && Bytes.equal(octets, 0, other.octets, 0, addressLength);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Peer other
                && hash == other.hash
                && sameAddress(other)
                && nodeLength == other.nodeLength
                && Bytes.equal(octets, MAX_ADDRESS, other.octets, MAX_ADDRESS, nodeLength);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(listener).append(':');
        hex(text, 0, addressLength);
        if (nodeLength > 0) {
            hex(text.append('>'), MAX_ADDRESS, nodeLength);
        }
        return text.toString();
    }

    private void hex(StringBuilder text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            text.append(Character.forDigit(octets[i] >> 4 & 0xF, 16)).append(Character.forDigit(octets[i] & 0xF, 16));
        }
    }

    private void rehash() {
        int value = Hashes.mix(Hashes.SEED, listener);
        value = Hashes.mix(value, addressLength << 8 | nodeLength);
        value = Hashes.of(value, octets, 0, addressLength);
        hash = Hashes.of(value, octets, MAX_ADDRESS, nodeLength);
    }
}

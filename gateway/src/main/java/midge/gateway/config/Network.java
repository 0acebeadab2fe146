package midge.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import midge.gateway.port.Peer;

/** Addresses that begin with the same bits, as {@code 192.168.1.0/24} or {@code fd00::/8} write it. Immutable. */
public final class Network {
    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * @param text an address of figures, alone or with a slash and the number of bits that count
     * @throws IllegalArgumentException when it is no such thing; names are not looked up
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw mistake(text);
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > octets.length * 8) {
                throw mistake(text);
            }
            return new Network(octets, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw mistake(text);
        }
    }

    private static IllegalArgumentException mistake(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no network, must be like 192.168.1.0/24, 192.168.1.7 or fd00::/8");
    }

    /** @return whether the peer's IP address is in it; of a peer without one (a serial line) it never is */
    public boolean contains(Peer peer) {
        return peer.addressLength() == prefix.length + Peer.PORT_OCTETS && peer.beginsWith(prefix, bits);
    }
}

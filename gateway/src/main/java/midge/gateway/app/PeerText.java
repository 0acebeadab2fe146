package midge.gateway.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import midge.gateway.net.LinkListener;
import midge.gateway.port.Peer;

/** An address as a person reads it. */
final class PeerText {
    private PeerText() {}

    /** {@return {@code 10.0.0.7:4711}, of another link its octets, with the node behind a forwarder in the end} */
    static String of(Peer peer) {
        byte[] octets = new byte[Peer.MAX_ADDRESS];
        int length = peer.address(octets, 0);
        byte[] node = new byte[Peer.MAX_NODE];
        int nodeLength = peer.node(node, 0);
        String behind = nodeLength == 0 ? "" : " > " + HexFormat.of().formatHex(node, 0, nodeLength);
        if (peer.attachment() instanceof LinkListener.Place place) {
            return place + behind;
        }
        int ip = length - Peer.PORT_OCTETS;
        if (ip != 4 && ip != 16) {
            return HexFormat.of().formatHex(octets, 0, length) + behind;
        }
        try {
            byte[] address = Arrays.copyOf(octets, ip);
            String host = InetAddress.getByAddress(address).getHostAddress();
            int port = (octets[ip] & 0xFF) << 8 | (octets[ip + 1] & 0xFF);
            return (ip == 16 ? "[" + host + "]" : host) + ":" + port + behind;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // the length is right
        }
    }
}

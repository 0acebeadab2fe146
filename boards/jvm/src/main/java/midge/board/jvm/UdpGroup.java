package midge.board.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * A multicast group in which gateways are searched for (MQTT-SN §6.1).
 *
 * @param address the group's address and port
 * @param interfaces where it is joined and sent to
 */
public record UdpGroup(InetSocketAddress address, List<NetworkInterface> interfaces) {
    /** What the URIs of groups begin with. */
    public static final String SCHEME = "udp+multicast";

    private static final String INTERFACE = "?interface=";

    /** At least one interface. */
    public UdpGroup {
        interfaces = List.copyOf(interfaces);
    }

    /**
     * Reads {@code udp+multicast://225.1.1.1:1883}: on every interface that is up and can, loopback among them. With {@code
     * ?interface=eth0} behind it on this one only.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static UdpGroup of(LinkUri uri) {
        InetSocketAddress address = address(uri);
        String only = uri.path();
        if (!only.isEmpty() && !only.startsWith(INTERFACE)) {
            throw new IllegalArgumentException(
                    "after the port of '" + uri + "' stands nothing but " + INTERFACE + "NAME, not '" + only + "'");
        }
        try {
            List<NetworkInterface> interfaces = only.isEmpty()
                    ? usable()
                    : NetworkInterface.networkInterfaces()
                            .filter(each -> each.getName().equals(only.substring(INTERFACE.length())))
                            .toList();
            if (interfaces.isEmpty()) {
                throw new IllegalArgumentException(
                        only.isEmpty()
                                ? "no network interface is up"
                                : "there is no network interface '" + only.substring(INTERFACE.length()) + "'");
            }
            return new UdpGroup(address, interfaces);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address(LinkUri uri) {
        try {
            InetSocketAddress address = uri.resolve();
            if (address.getAddress().isMulticastAddress()) {
                return address;
            }
        } catch (UnknownHostException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + uri.host() + "' is no multicast group, such as 225.1.1.1 or ff02::1");
    }

    private static List<NetworkInterface> usable() throws SocketException {
        return NetworkInterface.networkInterfaces().filter(UdpGroup::isUsable).toList();
    }

    private static boolean isUsable(NetworkInterface each) {
        try {
            return each.isUp() && (each.supportsMulticast() || each.isLoopback());
        } catch (IOException e) {
            return false;
        }
    }
}

package midge.gateway.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where clients search for a gateway and hear it advertise itself (§6.1).
 *
 * @param address of the group, and its port
 * @param interfaces on which it is joined and sent to, at least one
 */
public record MulticastGroup(InetSocketAddress address, List<NetworkInterface> interfaces) {
    /** Judges both. */
    public MulticastGroup {
        interfaces = List.copyOf(interfaces);
        if (!address.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "'" + address.getHostString() + "' is no multicast group, such as 225.1.1.1 or ff02::1");
        }
        if (interfaces.isEmpty()) {
            throw new IllegalArgumentException("no network interface can do multicast");
        }
    }

    /**
     * A group on one interface, or on all that are up.
     *
     * @param name of the interface; empty: all
     * @throws IllegalArgumentException of one sentence when there is none
     */
    public static MulticastGroup of(InetSocketAddress address, String name) {
        try {
            List<NetworkInterface> found = NetworkInterface.networkInterfaces()
                    .filter(each -> name.isEmpty()
                            ? canMulticast(each) && has(each, address.getAddress())
                            : each.getName().equals(name))
                    .toList();
            if (found.isEmpty() && !name.isEmpty()) {
                throw new IllegalArgumentException("there is no network interface '" + name + "'");
            }
            return new MulticastGroup(address, found);
        } catch (SocketException e) {
            throw new IllegalArgumentException("the network interfaces cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean canMulticast(NetworkInterface each) {
        try {
            return each.isUp() && (each.supportsMulticast() || each.isLoopback());
        } catch (SocketException e) {
            return false;
        }
    }

    /** An interface without an address of the group's family has no sender for it. */
    private static boolean has(NetworkInterface each, InetAddress group) {
        return each.inetAddresses().anyMatch(own -> own instanceof Inet6Address == group instanceof Inet6Address);
    }

    /** @return whether it is a group of IPv6 */
    public boolean isV6() {
        return address.getAddress() instanceof Inet6Address;
    }

    /** @return the addresses of this machine, from which nobody else sends */
    Set<InetAddress> ownAddresses() {
        Set<InetAddress> own = new HashSet<>();
        interfaces.forEach(each -> each.inetAddresses().forEach(own::add));
        return own;
    }
}

package midge.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where a page is served: {@code PORT} on loopback, or {@code ADDRESS:PORT}. */
final class PageAddress {
    private PageAddress() {}

    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 0 && port <= 65_535) {
                InetAddress address =
                        colon < 0 ? InetAddress.getLoopbackAddress() : InetAddress.getByName(text.substring(0, colon));
                return new InetSocketAddress(address, port);
            }
        } catch (NumberFormatException e) {
            // said below
        } catch (UnknownHostException e) {
            throw new UserError(
                    ExitCode.USAGE, "--http: no address is known for host '" + text.substring(0, colon) + "'");
        }
        throw new UserError(
                ExitCode.USAGE, "--http wants PORT or ADDRESS:PORT with a port 0..65535, not '" + text + "'");
    }
}

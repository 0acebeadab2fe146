package midge.gateway.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * One end of a link as the settings write it: {@code udp://0.0.0.0:1884}, {@code mqtt://broker:1883}.
 *
 * @param scheme lower case
 * @param host name or address, an IPv6 address without its brackets
 * @param port 0..65535
 */
public record Endpoint(String scheme, String host, int port) {
    /**
     * @param text what the user wrote
     * @param usualPort where the text names none
     * @throws IllegalArgumentException with what is wrong and what would be right; a password in the text is not repeated
     */
    static Endpoint parse(String text, String scheme, int usualPort) {
        String expected = ", expected " + scheme + "://host:port";
        String shown = Toml.quoted(text.replaceAll("//[^/]*@", "//...@"));
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(shown + " is no URI" + expected, e);
        }
        String found = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!found.equals(scheme) || uri.getHost() == null) {
            throw new IllegalArgumentException(shown + " is no link for this place" + expected);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    shown + " names a user" + expected + "; user and password_file are for that");
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException("port " + uri.getPort() + " in " + shown + " is above 65535");
        }
        if (uri.getRawPath().length() > 1 || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(shown + " has something behind the port" + expected);
        }
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(scheme, bare, uri.getPort() < 0 ? usualPort : uri.getPort());
    }

    /** @return the address; {@code localhost} is the IPv4 loopback, where every broker listens */
    public InetSocketAddress resolve() throws UnknownHostException {
        String name = host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host;
        return new InetSocketAddress(InetAddress.getByName(name), port);
    }

    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

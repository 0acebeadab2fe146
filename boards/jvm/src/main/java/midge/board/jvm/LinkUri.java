package midge.board.jvm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One URI names one link: {@code udp://host:1884}, {@code mqtt://user:password@host:1883}.
 *
 * @param scheme lower case
 * @param host name or address, an IPv6 address without its brackets
 * @param port 0..65535; the scheme's usual port where the text names none
 * @param userInfo {@code user} or {@code user:password}, or null
 */
public record LinkUri(
        String scheme, String host, int port, @Nullable String userInfo) {
    private static final Map<String, Integer> USUAL_PORTS = Map.of("udp", 1884, "mqtt", 1883);

    /**
     * @param text what the user wrote
     * @param schemes those that fit here, for the error message
     * @throws IllegalArgumentException with one line that says what is wrong and what would be right
     */
    public static LinkUri parse(String text, Set<String> schemes) {
        String expected = String.join(
                " or ", schemes.stream().sorted().map(s -> s + "://host:port").toList());
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URI, expected " + expected, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme) || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("'" + text + "' is not a link for this place, expected " + expected);
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no host, expected " + expected);
        }
        if (uri.getPort() > 65535) {
            throw new IllegalArgumentException("port " + uri.getPort() + " in '" + text + "' is above 65535");
        }
        if (uri.getPath() != null && !uri.getPath().isEmpty() && !uri.getPath().equals("/")) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a path, '" + uri.getPath() + "', expected " + expected);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : USUAL_PORTS.getOrDefault(scheme, 0);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new LinkUri(scheme, bare, port, uri.getUserInfo());
    }

    /** @return the address to use; {@code localhost} is the IPv4 loopback, where every broker listens */
    public InetSocketAddress resolve() throws UnknownHostException {
        String name = host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host;
        return new InetSocketAddress(InetAddress.getByName(name), port);
    }

    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

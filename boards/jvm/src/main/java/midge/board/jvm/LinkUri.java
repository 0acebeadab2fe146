package midge.board.jvm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One URI names one link: {@code udp://host:1884}, {@code mqtt://user:password@host:1883}, {@code wss://host/mqtt}.
 *
 * @param scheme lower case
 * @param host name or address, an IPv6 address without its brackets
 * @param port 0..65535; the scheme's usual port where the text names none
 * @param userInfo {@code user} or {@code user:password} with their percent signs still encoded, or null
 * @param path path and query as written, from the first slash; empty when there is nothing
 */
public record LinkUri(
        String scheme, String host, int port, @Nullable String userInfo, String path) {
    private static final Map<String, Integer> USUAL_PORTS =
            Map.of("udp", 1884, "dtls", 8883, "mqtt", 1883, "mqtts", 8883, "ws", 80, "wss", 443);

    /** A link without a path. */
    public LinkUri(String scheme, String host, int port, @Nullable String userInfo) {
        this(scheme, host, port, userInfo, "");
    }

    /**
     * Reads a URI that may have a path only where the path is part of the link: with {@code ws} and {@code wss}.
     *
     * @param text what the user wrote
     * @param schemes those that fit here, for the error message
     * @throws IllegalArgumentException with one line that says what is wrong and what would be right
     */
    public static LinkUri parse(String text, Set<String> schemes) {
        LinkUri uri = parseWithPath(text, schemes);
        if (!uri.isWebSocket() && !uri.path.isEmpty() && !uri.path.equals("/")) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a path, '" + uri.path + "', expected " + expected(schemes));
        }
        return uri.isWebSocket() ? uri : new LinkUri(uri.scheme, uri.host, uri.port, uri.userInfo);
    }

    private static String expected(Set<String> schemes) {
        return String.join(
                " or ", schemes.stream().sorted().map(s -> s + "://host:port").toList());
    }

    /** As {@link #parse}, but any scheme may have a path; what it means is the caller's business. */
    public static LinkUri parseWithPath(String text, Set<String> schemes) {
        String expected = expected(schemes);
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
        int port = uri.getPort() >= 0 ? uri.getPort() : USUAL_PORTS.getOrDefault(scheme, 0);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String path = (uri.getRawPath() == null ? "" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new LinkUri(scheme, bare, port, uri.getRawUserInfo(), path);
    }

    /** @return whether MQTT's octets travel in WebSocket messages */
    public boolean isWebSocket() {
        return scheme.equals("ws") || scheme.equals("wss");
    }

    /** @return whether TLS protects the link */
    public boolean isSecure() {
        return scheme.equals("mqtts") || scheme.equals("wss");
    }

    /** @return the user name in the URI, decoded, or null */
    public @Nullable String user() {
        if (userInfo == null) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        return decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    }

    /** @return the password in the URI, decoded, or null */
    public @Nullable String password() {
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        return userInfo == null || colon < 0 ? null : decode(userInfo.substring(colon + 1));
    }

    /** @return the path without its first slash, decoded: a topic, for those who read it so */
    public String topic() {
        return path.isEmpty() ? "" : decode(path.substring(1));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** @return the address to use; {@code localhost} is the IPv4 loopback, where every broker listens */
    public InetSocketAddress resolve() throws UnknownHostException {
        if (host.equalsIgnoreCase("localhost")) { // still by name, since a certificate is for a name
            return new InetSocketAddress(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}), port);
        }
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** {@return the URI without user name and password} */
    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port
                + (isWebSocket() ? path : "");
    }
}

package midge.gateway.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import midge.settings.Toml;

/**
 * One end of a link as the settings write it: {@code udp://0.0.0.0:1884}, {@code mqtt://broker:1883}, {@code wss://broker/mqtt}; or a link
 * of the host's, {@code serial:///dev/ttyUSB0}, of which only the scheme is known here.
 *
 * @param scheme lower case
 * @param host name or address, an IPv6 address without its brackets; empty for a link of the host's
 * @param port 0..65535
 * @param path path and query as written, from the first slash; empty but with {@code ws} and {@code wss}, and everything behind the two
 *     slashes for a link of the host's
 */
public record Endpoint(String scheme, String host, int port, String path) {
    /** Schemes of listeners and their usual ports. */
    static final Map<String, Integer> LISTENERS = Map.of("udp", 1884, "dtls", 8883);

    /** Schemes of brokers and their usual ports. */
    static final Map<String, Integer> BROKERS = Map.of("mqtt", 1883, "mqtts", 8883, "ws", 80, "wss", 443);

    /**
     * @param text what the user wrote
     * @param usualPorts the schemes that fit here, each with the port where the text names none
     * @throws IllegalArgumentException with what is wrong and what would be right; a password in the text is not repeated
     */
    static Endpoint parse(String text, Map<String, Integer> usualPorts) {
        String expected = ", expected " + String.join(", ", new TreeSet<>(usualPorts.keySet())) + "://host:port";
        String shown = Toml.quoted(text.replaceAll("//[^/]*@", "//...@"));
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(shown + " is no URI" + expected, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        Integer usualPort = usualPorts.get(scheme);
        if (usualPort == null || uri.getHost() == null) {
            throw new IllegalArgumentException(shown + " is no link for this place" + expected);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    shown + " names a user" + expected + "; user and password_file are for that");
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException("port " + uri.getPort() + " in " + shown + " is above 65535");
        }
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        boolean pathAllowed = scheme.equals("ws") || scheme.equals("wss");
        if ((!pathAllowed && path.length() > 1) || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(shown + " has something behind the port" + expected);
        }
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = uri.getPort() < 0 ? usualPort : uri.getPort();
        return new Endpoint(scheme, bare, port, pathAllowed ? path : "");
    }

    /** @return where clients are served; a scheme that is none of {@link #LISTENERS} is left to the {@link LinkCheck} */
    static Endpoint listener(String text) {
        int slashes = text.indexOf("://");
        String scheme = slashes < 0 ? "" : text.substring(0, slashes).toLowerCase(Locale.ROOT);
        boolean isLink = scheme.matches("[a-z][a-z0-9+.-]*") && !LISTENERS.containsKey(scheme);
        return isLink ? new Endpoint(scheme, "", 0, text.substring(slashes + 3)) : parse(text, LISTENERS);
    }

    /** @return whether it is a link of the host's */
    public boolean isLink() {
        return host.isEmpty();
    }

    /** @return whether MQTT travels in WebSocket messages */
    public boolean isWebSocket() {
        return scheme.equals("ws") || scheme.equals("wss");
    }

    /** @return whether DTLS protects the link */
    public boolean isDtls() {
        return scheme.equals("dtls");
    }

    /** @return whether TLS protects the link */
    public boolean isSecure() {
        return scheme.equals("mqtts") || scheme.equals("wss");
    }

    /** @return the address, its name not looked up yet */
    public InetSocketAddress unresolved() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** @return the address; {@code localhost} is the IPv4 loopback, where every broker listens */
    public InetSocketAddress resolve() throws UnknownHostException {
        String name = host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host;
        return new InetSocketAddress(InetAddress.getByName(name), port);
    }

    @Override
    public String toString() {
        if (isLink()) {
            return scheme + "://" + path;
        }
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port + path;
    }
}

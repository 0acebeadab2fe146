package midge.sim.live.page;

import com.sun.net.httpserver.Headers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may talk to the page. Any web page in the user's browser can send requests to a server on loopback, and can give it a name
 * of its own; so the Host must be a loopback name, and what changes something must come from the page itself. Elsewhere than on loopback
 * everything needs the token too, which the browser keeps as a cookie after the first visit.
 */
final class Guard {
    static final String COOKIE = "midge_token";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopback;
    private final int port;
    private final @Nullable String token;

    /** @param token what must be known; null on loopback */
    Guard(InetSocketAddress at, @Nullable String token) {
        loopback = at.getAddress().isLoopbackAddress();
        port = at.getPort();
        this.token = token;
    }

    /** {@return why a request is refused, null when it is not} */
    @Nullable
    String refusal(String method, Headers headers) {
        String host = headers.getFirst("Host");
        if (host == null || (loopback && !isLoopback(host))) {
            return "This page answers as localhost only.";
        }
        if (token != null && !hasToken(headers)) {
            return "Open the address with the token that the program printed.";
        }
        if (!method.equals("GET") && !("http://" + host).equals(headers.getFirst("Origin"))) {
            return "Commands come from the page itself only.";
        }
        return null;
    }

    private boolean isLoopback(String host) {
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        String number = colon < 0 ? "80" : host.substring(colon + 1);
        return LOOPBACK.contains(name) && number.equals(Integer.toString(port));
    }

    /** {@return whether this is the token, compared in a time that does not tell how much of it is right} */
    boolean isToken(String offered) {
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    private boolean hasToken(Headers headers) {
        for (String line : headers.getOrDefault("Cookie", List.of())) {
            for (String cookie : line.split(";", -1)) {
                String[] pair = cookie.trim().split("=", 2);
                if (pair.length == 2 && pair[0].equals(COOKIE) && isToken(pair[1])) {
                    return true;
                }
            }
        }
        return false;
    }
}

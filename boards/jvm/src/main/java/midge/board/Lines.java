package midge.board;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import midge.board.jvm.HostLink;
import midge.board.jvm.LinkUri;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.board.jvm.TlsConfig;
import midge.board.jvm.TlsLink;
import midge.board.jvm.WebSocketLink;
import midge.hal.link.DatagramLink;
import org.jspecify.annotations.Nullable;

/** Which URI means which link. */
final class Lines {
    private static final Set<String> MQTT = Set.of("mqtt", "mqtts", "ws", "wss");
    private static final String UDP = "udp";

    private Lines() {}

    private static Set<String> schemes() {
        Set<String> all = new TreeSet<>(MQTT);
        all.add(UDP);
        all.addAll(DatagramLinks.schemes());
        return all;
    }

    static String scheme(String uri) {
        return DatagramLinks.scheme(uri);
    }

    static boolean isMqtt(String uri) {
        return MQTT.contains(scheme(uri));
    }

    /** Throws {@link IllegalArgumentException} when the URI names no link. */
    static void check(String uri) {
        String scheme = scheme(uri);
        if (!uri.contains("://") || !schemes().contains(scheme)) {
            throw new IllegalArgumentException("'" + uri.replaceAll("//[^/]*@", "//...@")
                    + "' names no link, must begin with one of "
                    + String.join(", ", schemes().stream().map(s -> s + "://").toList()));
        }
        if (isMqtt(uri) || scheme.equals(UDP)) {
            LinkUri parsed = LinkUri.parse(uri, Set.of(scheme));
            if (parsed.userInfo() != null) {
                throw new IllegalArgumentException(
                        "user and password do not belong into the URI, which is shown to everybody; use user and password_file");
            }
        } else {
            DatagramLinks.check(uri);
        }
    }

    /** {@return the URI for people} */
    static String shown(String uri) {
        return isMqtt(uri) || scheme(uri).equals(UDP)
                ? LinkUri.parse(uri, Set.of(scheme(uri))).toString()
                : uri;
    }

    /** {@return a closed stream to the broker} */
    static HostLink stream(String uri, @Nullable TlsConfig given, SelectorIdle idle) {
        LinkUri link = LinkUri.parse(uri, MQTT);
        TlsConfig tls = !link.isSecure()
                ? null
                : given != null ? given : TlsConfig.builder().build();
        if (link.isWebSocket()) {
            return new WebSocketLink(link, tls, idle);
        }
        return new NamedStreamLink(link, idle, address -> {
            TcpLink tcp = new TcpLink(address, idle);
            return tls == null ? tcp : new TlsLink(tcp, tls, link.host(), link.port());
        });
    }

    /** {@return an open link to the gateway} */
    static DatagramLink datagrams(String uri, SelectorIdle idle) throws IOException {
        if (scheme(uri).equals(UDP)) {
            return new NamedUdpLink(LinkUri.parse(uri, Set.of(UDP)), idle);
        }
        return DatagramLinks.openMended(uri, idle);
    }
}

package midge.gateway.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A broker as the network sees it.
 *
 * @param address resolved, or not: then the name is looked up for each connection, so a broker may move
 * @param tls null: not protected
 * @param webSocketPath null: MQTT straight on the stream; else it travels in WebSocket messages, and this is path and query
 */
public record Broker(
        InetSocketAddress address,
        @Nullable BrokerTls tls,
        @Nullable String webSocketPath) {
    /** {@return a broker on a plain TCP connection} */
    public static Broker plain(InetSocketAddress address) {
        return new Broker(address, null, null);
    }

    /** {@return the name for the certificate and for SNI, as the user wrote it} */
    String host() {
        return address.getHostString();
    }
}

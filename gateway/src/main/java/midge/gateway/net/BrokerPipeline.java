package midge.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.URI;
import java.net.URISyntaxException;

/** Puts TLS and WebSocket in front of a broker connection, as its URI asks, and tells when octets of MQTT may flow. */
final class BrokerPipeline extends ChannelInitializer<Channel> {
    /** Longest answer to the WebSocket handshake, octets. */
    private static final int HANDSHAKE = 8_192;
    /** Longest WebSocket message, octets; MQTT packets may be cut anywhere. */
    private static final int FRAME = 65_536;

    private final Broker broker;
    private final ChannelInboundHandlerAdapter connection;

    /** Fired when the stream carries MQTT, where TLS or WebSocket come first. */
    enum Event {
        READY
    }

    BrokerPipeline(Broker broker, ChannelInboundHandlerAdapter connection) {
        this.broker = broker;
        this.connection = connection;
    }

    /** {@return whether MQTT may flow as soon as the socket is connected} */
    static boolean isReadyAtOnce(Broker broker) {
        return broker.tls() == null && broker.webSocketPath() == null;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        BrokerTls tls = broker.tls();
        int port = broker.address().getPort();
        if (tls != null) {
            SslHandler handler = tls.context().newHandler(channel.alloc(), broker.host(), port);
            pipeline.addLast(handler);
        }
        String path = broker.webSocketPath();
        if (path != null) {
            pipeline.addLast(
                    new HttpClientCodec(),
                    new HttpObjectAggregator(HANDSHAKE),
                    new WebSocketClientProtocolHandler(webSocket(tls != null, port, path)),
                    new WebSocketBytes());
        }
        if (!isReadyAtOnce(broker)) {
            pipeline.addLast(new Readiness(path != null));
        }
        pipeline.addLast(connection);
    }

    private WebSocketClientProtocolConfig webSocket(boolean secure, int port, String path) {
        String host = broker.host();
        String bare = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        URI uri;
        try {
            uri = new URI((secure ? "wss" : "ws") + "://" + bare + ":" + port + (path.isEmpty() ? "/" : path));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the path " + path + " was judged before", e);
        }
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .version(WebSocketVersion.V13)
                .subprotocol("mqtt")
                .maxFramePayloadLength(FRAME)
                .build();
    }

    /** Turns the events of TLS and WebSocket into one. */
    private static final class Readiness extends ChannelInboundHandlerAdapter {
        private final boolean webSocket;

        Readiness(boolean webSocket) {
            this.webSocket = webSocket;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            boolean ready = webSocket
                    ? event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE
                    : event instanceof SslHandshakeCompletionEvent done && done.isSuccess();
            if (ready) {
                context.fireUserEventTriggered(Event.READY);
            }
        }
    }
}

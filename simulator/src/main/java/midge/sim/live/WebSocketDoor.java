package midge.sim.live;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** The server's side of MQTT over WebSocket (MQTT 5.0 §6): binary messages, each a piece of the stream, cut anywhere. */
final class WebSocketDoor extends ChannelDuplexHandler {
    private static final int REQUEST_MAX = 8 * 1024;
    private static final int MESSAGE_MAX = 1 << 20;
    private static final int HANDSHAKE_MS = 10_000;

    private final ChannelHandler client;

    private WebSocketDoor(ChannelHandler client) {
        this.client = client;
    }

    /** @param client comes into the pipeline when the handshake is over */
    static void addTo(ChannelPipeline pipeline, ChannelHandler client) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .subprotocols("mqtt,mqttv3.1")
                .maxFramePayloadLength(MESSAGE_MAX)
                .handshakeTimeoutMillis(HANDSHAKE_MS)
                .build();
        pipeline.addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(REQUEST_MAX),
                new WebSocketServerProtocolHandler(config),
                new WebSocketDoor(client));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
            ctx.pipeline().addLast(client);
            ctx.fireChannelActive(); // for the client, which was not there when the channel opened
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            ctx.fireChannelRead(((WebSocketFrame) message).content());
            return;
        }
        ReferenceCountUtil.release(message);
        ctx.fireExceptionCaught(new IOException("text by WebSocket, MQTT is binary"));
        ctx.close();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Object out = message instanceof ByteBuf bytes && bytes.isReadable() ? new BinaryWebSocketFrame(bytes) : message;
        ctx.write(out, promise);
    }
}

package midge.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** MQTT in binary WebSocket messages (MQTT 3.1.1 and 5.0 §6): each is a piece of the stream, cut anywhere. */
final class WebSocketBytes extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            context.fireChannelRead(((WebSocketFrame) message).content());
            return;
        }
        ReferenceCountUtil.release(message);
        context.fireExceptionCaught(
                new IOException("the broker sent text by WebSocket, MQTT is binary (MQTT-6.0.0-1)"));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        Object out = message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message;
        context.write(out, promise);
    }
}

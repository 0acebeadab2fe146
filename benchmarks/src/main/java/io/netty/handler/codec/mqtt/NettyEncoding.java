package io.netty.handler.codec.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Reaches Netty's encoder without the pipeline around it, which would only make Netty slower. Stands in Netty's package for that. */
public final class NettyEncoding {
    private NettyEncoding() {}

    /** @return the packet in a buffer of the context's allocator; the caller releases it */
    public static ByteBuf encode(ChannelHandlerContext context, MqttMessage message) {
        return MqttEncoder.doEncode(context, message);
    }
}

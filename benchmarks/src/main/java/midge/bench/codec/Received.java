package midge.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.function.ToIntFunction;

/** Stands behind a Netty decoder, looks at each message as it comes out, and adds up what it saw. */
final class Received extends ChannelInboundHandlerAdapter {
    private final ToIntFunction<Object> look;
    private final ByteToMessageDecoder decoder;
    private final ChannelHandlerContext context;
    private int sum;

    Received(ByteToMessageDecoder decoder, ByteBufAllocator allocator, ToIntFunction<Object> look) {
        this.look = look;
        this.decoder = decoder;
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(decoder, this);
        context = channel.pipeline().context(decoder);
    }

    /** @return the decoder's own context, through which an encoder finds allocator and protocol version */
    ChannelHandlerContext context() {
        return context;
    }

    /** Hands {@code octets} (one reference of which is taken) to the decoder. @return the sum over the messages that came out */
    int decode(ByteBuf octets) {
        sum = 0;
        feed(octets);
        return sum;
    }

    /** The same for each chunk of a stream. */
    int decode(ByteBuf octets, int[] ends) {
        sum = 0;
        int at = 0;
        for (int end : ends) {
            feed(octets.retainedSlice(at, end - at));
            at = end;
        }
        return sum;
    }

    private void feed(ByteBuf octets) {
        try {
            decoder.channelRead(context, octets);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        sum += look.applyAsInt(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        throw new IllegalStateException(cause);
    }
}

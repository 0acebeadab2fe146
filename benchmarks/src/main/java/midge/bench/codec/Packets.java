package midge.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The packets of one size only, as octets. */
@State(Scope.Thread)
public class Packets {
    final byte[] payload = Sample.payload(16);
    final byte[] publish5;
    final byte[] connect;
    final byte[] subscribe;

    public Packets() {
        MidgeCodec codec = new MidgeCodec();
        publish5 = Arrays.copyOf(codec.out, codec.encodePublish5(payload));
        connect = Arrays.copyOf(codec.out, codec.encodeConnect());
        subscribe = Arrays.copyOf(codec.out, codec.encodeSubscribe());
    }

    /** @return the octets as Netty's decoders take them; to be read again and again */
    static ByteBuf buffer(byte[] octets) {
        return Unpooled.directBuffer(octets.length).writeBytes(octets);
    }
}

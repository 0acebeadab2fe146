package midge.bench.codec;

/** Netty's codec on a connection that has agreed on 5.0. */
public class Netty5Codec extends NettyCodec {
    public Netty5Codec() {
        speak5();
    }
}

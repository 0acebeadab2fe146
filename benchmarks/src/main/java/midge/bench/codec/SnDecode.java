package midge.bench.codec;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Question: what does it cost to judge and read one datagram of MQTT-SN 1.2, and does it allocate? */
public final class SnDecode {
    private SnDecode() {}

    /** The messages in buffers that are read again and again. */
    @State(Scope.Thread)
    public static class Buffers {
        ByteBuf connect = Packets.buffer(new byte[0]);
        ByteBuf register = connect;
        ByteBuf subscribe = connect;

        @Setup
        public void prepare(SnPackets packets) {
            connect = Packets.buffer(packets.connect);
            register = Packets.buffer(packets.register);
            subscribe = Packets.buffer(packets.subscribe);
        }
    }

    /** A PUBLISH in such a buffer. */
    @State(Scope.Thread)
    public static class PublishBuffer {
        ByteBuf frame = Packets.buffer(new byte[0]);

        @Setup
        public void prepare(SnPayload payload) {
            frame = Packets.buffer(payload.frame);
        }
    }

    /** PUBLISH, QoS 1, pre-defined topic id. */
    public static class Publish extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec, SnPayload payload) {
            return codec.decodePublish(payload.frame);
        }

        @Benchmark
        public int mobius(MobiusCodec codec, PublishBuffer buffer) {
            return codec.decodePublish(buffer.frame);
        }
    }

    /** CONNECT with a ClientId of 20 characters. */
    public static class Connect extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec, SnPackets packets) {
            return codec.decodeConnect(packets.connect);
        }

        @Benchmark
        public int mobius(MobiusCodec codec, Buffers buffers) {
            return codec.decodeConnect(buffers.connect);
        }
    }

    /** REGISTER of a topic of 20 characters. */
    public static class Register extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec, SnPackets packets) {
            return codec.decodeRegister(packets.register);
        }

        @Benchmark
        public int mobius(MobiusCodec codec, Buffers buffers) {
            return codec.decodeRegister(buffers.register);
        }
    }

    /** SUBSCRIBE to a filter of 20 characters. */
    public static class Subscribe extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec, SnPackets packets) {
            return codec.decodeSubscribe(packets.subscribe);
        }

        @Benchmark
        public int mobius(MobiusCodec codec, Buffers buffers) {
            return codec.decodeSubscribe(buffers.subscribe);
        }
    }
}

package midge.bench.codec;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Question: what does it cost to cut one packet of MQTT from a stream, judge and read it, and does it allocate? Midge judges all that
 * the standard asks for; the others judge less. The numbers read, and the lengths of all texts and of the payload, are added up.
 */
public final class Decode {
    private Decode() {}

    /** A packet in a buffer that is read again and again. */
    @State(Scope.Thread)
    public static class Buffers {
        ByteBuf publish5 = Packets.buffer(new byte[0]);
        ByteBuf connect = publish5;
        ByteBuf subscribe = publish5;

        @Setup
        public void prepare(Packets packets) {
            publish5 = Packets.buffer(packets.publish5);
            connect = Packets.buffer(packets.connect);
            subscribe = Packets.buffer(packets.subscribe);
        }
    }

    /** A PUBLISH in such a buffer. */
    @State(Scope.Thread)
    public static class PublishBuffer {
        ByteBuf frame = Packets.buffer(new byte[0]);

        @Setup
        public void prepare(Payload payload) {
            frame = Packets.buffer(payload.frame);
        }
    }

    /** The stream in such a buffer. */
    @State(Scope.Thread)
    public static class StreamBuffer {
        ByteBuf octets = Packets.buffer(new byte[0]);
        int[] ends = {};

        @Setup
        public void prepare(MixedStream stream) {
            octets = Packets.buffer(stream.bytes);
            ends = stream.ends;
        }
    }

    /** PUBLISH 3.1.1, QoS 1, topic of 20 characters. */
    public static class Publish extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, Payload payload) {
            return codec.decodePublish(payload.frame);
        }

        @Benchmark
        public int netty(NettyCodec codec, PublishBuffer buffer) {
            return codec.decode(buffer.frame);
        }

        @Benchmark
        public int paho(PahoCodec codec, Payload payload) throws MqttException {
            return codec.decode(payload.frame);
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec, PublishBuffer buffer) {
            return codec.decode(buffer.frame);
        }
    }

    /** PUBLISH 5.0 with five properties. */
    public static class Publish5 extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, Packets packets) {
            return codec.decodePublish5(packets.publish5);
        }

        @Benchmark
        public int netty(Netty5Codec codec, Buffers buffers) {
            return codec.decode(buffers.publish5);
        }

        @Benchmark
        public int paho(Paho5Codec codec, Packets packets) throws org.eclipse.paho.mqttv5.common.MqttException {
            return codec.decodePublish5(packets.publish5);
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec, Buffers buffers) {
            return codec.decode5(buffers.publish5);
        }
    }

    /** CONNECT 3.1.1 with will, user name and password. */
    public static class Connect extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, Packets packets) {
            return codec.decodeConnect(packets.connect);
        }

        @Benchmark
        public int netty(NettyCodec codec, Buffers buffers) {
            return codec.decode(buffers.connect);
        }

        /** Reads no further than the client identifier. */
        @Benchmark
        public int paho(PahoCodec codec, Packets packets) throws MqttException {
            return codec.decode(packets.connect);
        }
    }

    /** SUBSCRIBE 3.1.1 with two filters. */
    public static class Subscribe extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, Packets packets) {
            return codec.decodeSubscribe(packets.subscribe);
        }

        @Benchmark
        public int netty(NettyCodec codec, Buffers buffers) {
            return codec.decode(buffers.subscribe);
        }

        @Benchmark
        public int paho(PahoCodec codec, Packets packets) throws MqttException {
            return codec.decode(packets.subscribe);
        }
    }

    /** Any packet of a stream of 1,000, cut at random; the time of one packet. */
    @OperationsPerInvocation(MixedStream.PACKETS)
    public static class Stream extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, MixedStream stream) {
            return codec.decodeStream(stream);
        }

        @Benchmark
        public int netty(NettyCodec codec, StreamBuffer stream) {
            return codec.decodeStream(stream.octets, stream.ends);
        }

        @Benchmark
        public int paho(PahoCodec codec, MixedStream stream) throws MqttException, IOException {
            return codec.decodeStream(stream);
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec, StreamBuffer stream) {
            return codec.decodeStream(stream.octets, stream.ends);
        }
    }
}

package midge.bench.codec;

import org.eclipse.paho.client.mqttv3.MqttException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Question: what does it cost to write one packet of MQTT into a buffer, from text, numbers and a payload, and does it allocate? Each
 * codec has its texts in the form that it likes best.
 */
public final class Encode {
    private Encode() {}

    /** PUBLISH 3.1.1, QoS 1, topic of 20 characters. */
    public static class Publish extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, Payload payload) {
            return codec.encodePublish(payload.bytes);
        }

        @Benchmark
        public int netty(NettyCodec codec, Payload payload) {
            return done(codec.encodePublish(payload.bytes));
        }

        @Benchmark
        public int paho(PahoCodec codec, Payload payload) throws MqttException {
            return codec.encodePublish(payload.bytes);
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec, Payload payload) {
            return done(codec.encodePublish(payload.bytes));
        }
    }

    /** What the machine itself needs for the payload of the largest. */
    @State(Scope.Thread)
    public static class Copy extends CodecBenchmark {
        /** Octets. */
        @Param("65536")
        public int octets;

        private final byte[] from = Sample.payload(65_536);
        private final byte[] to = new byte[70_000];

        @Benchmark
        public byte[] copy() {
            System.arraycopy(from, 0, to, 26, octets);
            return to;
        }
    }

    /** PUBLISH 5.0, QoS 1, with expiry, content type, response topic, correlation data, user property and 16 octets of payload. */
    public static class Publish5 extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec, Packets packets) {
            return codec.encodePublish5(packets.payload);
        }

        @Benchmark
        public int netty(Netty5Codec codec, Packets packets) {
            return done(codec.encodePublish5(packets.payload));
        }

        @Benchmark
        public int paho(Paho5Codec codec, Packets packets) throws org.eclipse.paho.mqttv5.common.MqttException {
            return codec.encodePublish5(packets.payload);
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec, Packets packets) {
            return done(codec.encodePublish5(packets.payload));
        }
    }

    /** CONNECT 3.1.1 with will, user name and password. */
    public static class Connect extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec) {
            return codec.encodeConnect();
        }

        @Benchmark
        public int netty(NettyCodec codec) {
            return done(codec.encodeConnect());
        }

        @Benchmark
        public int paho(PahoCodec codec) throws MqttException {
            return codec.encodeConnect();
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec) {
            return done(codec.encodeConnect());
        }
    }

    /** SUBSCRIBE 3.1.1 with two filters. */
    public static class Subscribe extends CodecBenchmark {
        @Benchmark
        public int midge(MidgeCodec codec) {
            return codec.encodeSubscribe();
        }

        @Benchmark
        public int netty(NettyCodec codec) {
            return done(codec.encodeSubscribe());
        }

        @Benchmark
        public int paho(PahoCodec codec) throws MqttException {
            return codec.encodeSubscribe();
        }

        @Benchmark
        public int hivemq(HiveMqCodec codec) {
            return done(codec.encodeSubscribe());
        }
    }
}

package midge.bench.codec;

import org.openjdk.jmh.annotations.Benchmark;

/** Question: what does it cost to write one message of MQTT-SN 1.2, and does it allocate? */
public final class SnEncode {
    private SnEncode() {}

    /** PUBLISH, QoS 1, pre-defined topic id. */
    public static class Publish extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec, SnPayload payload) {
            return codec.encodePublish(payload.bytes);
        }

        @Benchmark
        public int mobius(MobiusCodec codec, SnPayload payload) {
            return done(codec.encodePublish(payload.bytes));
        }
    }

    /** CONNECT with a ClientId of 20 characters. */
    public static class Connect extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec) {
            return codec.encodeConnect();
        }

        @Benchmark
        public int mobius(MobiusCodec codec) {
            return done(codec.encodeConnect());
        }
    }

    /** REGISTER of a topic of 20 characters. */
    public static class Register extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec) {
            return codec.encodeRegister();
        }

        @Benchmark
        public int mobius(MobiusCodec codec) {
            return done(codec.encodeRegister());
        }
    }

    /** SUBSCRIBE to a filter of 20 characters. */
    public static class Subscribe extends CodecBenchmark {
        @Benchmark
        public int midge(SnMidgeCodec codec) {
            return codec.encodeSubscribe();
        }

        @Benchmark
        public int mobius(MobiusCodec codec) {
            return done(codec.encodeSubscribe());
        }
    }
}

package midge.bench.codec;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a PUBLISH carries, and the PUBLISH (MQTT 3.1.1, QoS 1) that carries it. */
@State(Scope.Thread)
public class Payload {
    /** Octets of payload. */
    @Param({"16", "256", "65536"})
    public int octets;

    byte[] bytes = {};
    byte[] frame = {};

    @Setup
    public void prepare() {
        bytes = Sample.payload(octets);
        frame = new MidgeCodec().publish(bytes);
    }
}

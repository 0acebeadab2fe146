package midge.bench.codec;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a PUBLISH of MQTT-SN carries, and the PUBLISH that carries it: 16 octets in the short form, 300 in the long one. */
@State(Scope.Thread)
public class SnPayload {
    /** Octets of data. */
    @Param({"16", "300"})
    public int octets;

    byte[] bytes = {};
    byte[] frame = {};

    @Setup
    public void prepare() {
        bytes = Sample.payload(octets);
        frame = new SnMidgeCodec().publish(bytes);
    }
}

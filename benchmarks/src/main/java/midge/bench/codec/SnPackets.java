package midge.bench.codec;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The MQTT-SN messages of one size only, as octets. */
@State(Scope.Thread)
public class SnPackets {
    final byte[] connect;
    final byte[] register;
    final byte[] subscribe;

    public SnPackets() {
        SnMidgeCodec codec = new SnMidgeCodec();
        connect = Arrays.copyOf(codec.out, codec.encodeConnect());
        register = Arrays.copyOf(codec.out, codec.encodeRegister());
        subscribe = Arrays.copyOf(codec.out, codec.encodeSubscribe());
    }
}

package midge.sim.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A frame as an MQTT-SN encoder wrote it, with what a dissector has to show of it. */
final class SnFrame {
    final String name;
    final byte[] octets;
    final Map<String, String> fields = new LinkedHashMap<>();

    /** Writes into the array and returns a length, as all encoders do. */
    @FunctionalInterface
    interface Encoder {
        int encode(byte[] out, int capacity);
    }

    SnFrame(String name, int type, Encoder encoder) {
        this.name = name;
        byte[] out = new byte[2_000];
        int length = encoder.encode(out, out.length);
        if (length < 0) {
            throw new IllegalArgumentException(name + " is refused: " + length);
        }
        octets = Arrays.copyOf(out, length);
        with("msg.type", type).with("msg.len", length);
    }

    /** Expects a number, in whatever base it is shown. */
    SnFrame with(String field, int value) {
        fields.put(field, Integer.toString(value));
        return this;
    }

    /** Expects a text. */
    SnFrame with(String field, String value) {
        fields.put(field, value);
        return this;
    }

    /** Does not expect these fields: see the caller's list of exceptions. */
    SnFrame without(String... hidden) {
        fields.keySet().removeAll(Arrays.asList(hidden));
        return this;
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

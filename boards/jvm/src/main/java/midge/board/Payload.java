package midge.board;

import java.nio.charset.StandardCharsets;
import midge.runtime.payload.BareNumber;
import midge.runtime.payload.JsonReading;
import midge.runtime.payload.ReadingFormat;
import midge.runtime.payload.SenmlCbor;
import midge.runtime.payload.SenmlJson;

/** How readings are written. */
public enum Payload {
    /** {@code 21.38}: one value for each topic. */
    BARE("bare"),
    /** <code>{"ts":1732145655123,"t":21.38,"h":40.20}</code>. */
    JSON("json"),
    /** A SenML pack in JSON, RFC 8428. */
    SENML_JSON("senml-json"),
    /** A SenML pack in CBOR: the smallest that names its values and units. */
    SENML_CBOR("senml-cbor");

    private final String text;

    Payload(String text) {
        this.text = text;
    }

    /** @return as in a device file, {@code senml-json} */
    public String text() {
        return text;
    }

    /** @return the one with this {@link #text} */
    public static Payload of(String text) {
        for (Payload payload : values()) {
            if (payload.text.equals(text)) {
                return payload;
            }
        }
        throw new IllegalArgumentException("there is no payload \"" + text + "\"");
    }

    /** @param baseName how the names of a SenML pack begin. @return a writer for one task */
    ReadingFormat format(String baseName) {
        byte[] base = baseName.getBytes(StandardCharsets.US_ASCII);
        return switch (this) {
            case JSON -> new JsonReading();
            case SENML_JSON -> new SenmlJson(base);
            case SENML_CBOR -> new SenmlCbor(base);
            default -> new BareNumber();
        };
    }
}

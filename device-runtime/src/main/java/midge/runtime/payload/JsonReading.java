package midge.runtime.payload;

/**
 * A measurement as one JSON object, keys from {@link Units#name}: <code>{"t":21.38,"h":40.20}</code>. Yes and no are true and false. When the
 * calendar time was known, the first member is {@code "ts"}, ms since 1970.
 */
public final class JsonReading implements ReadingFormat {
    private static final byte[] TIME = {'t', 's'};

    private final JsonObject object = new JsonObject();

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        object.open(out, at, capacity);
        if (measurement.unixMs() >= 0) {
            object.number(TIME, measurement.unixMs(), 0, 0);
        }
        for (int i = first; i < first + count; i++) {
            int quantity = measurement.quantity(i);
            byte[] key = Units.name(quantity);
            if (Units.isBoolean(quantity)) {
                object.bool(key, measurement.value(i) != 0);
            } else {
                object.number(key, measurement.value(i), Units.scale(quantity), Units.digits(quantity));
            }
        }
        return object.close();
    }
}

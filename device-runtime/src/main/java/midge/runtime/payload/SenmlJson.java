package midge.runtime.payload;

/**
 * A measurement as a SenML pack in JSON (RFC 8428 §5), one record for each value, the base name in the first:
 * {@code [{"bn":"n1/","n":"t","u":"Cel","v":21.38},{"n":"h","u":"%RH","v":40.20}]}. When the calendar time was
 * known, the first record has it as base time, in seconds, {@code "bt":1732145655.123}; without it the pack means now (§4.5.3), and
 * the receiver stamps it.
 */
public final class SenmlJson implements ReadingFormat {
    private static final byte[] BASE_NAME = {'b', 'n'};
    private static final byte[] BASE_TIME = {'b', 't'};
    private static final byte[] NAME = {'n'};
    private static final byte[] UNIT = {'u'};
    private static final byte[] VALUE = {'v'};
    private static final byte[] BOOLEAN_VALUE = {'v', 'b'};

    private final Cursor cursor = new Cursor();
    private final byte[] baseName;

    /** @param baseName ASCII as RFC 8428 §4.5.1 allows it, e.g. {@code n1/}; empty for none. Kept, not copied */
    public SenmlJson(byte[] baseName) {
        this.baseName = baseName;
    }

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        cursor.open(out, at, capacity);
        cursor.put('[');
        for (int i = first; i < first + count; i++) {
            cursor.put(i == first ? '{' : ',');
            if (i > first) {
                cursor.put('{');
            } else if (baseName.length > 0) {
                text(BASE_NAME, baseName);
                cursor.put(',');
            }
            if (i == first && measurement.unixMs() >= 0) {
                Json.key(cursor, BASE_TIME);
                cursor.decimal(measurement.unixMs(), 3, 3);
                cursor.put(',');
            }
            record(measurement.quantity(i), measurement.value(i));
            cursor.put('}');
        }
        cursor.put(']');
        return cursor.close();
    }

    private void record(int quantity, int value) {
        text(NAME, Units.name(quantity));
        byte[] unit = Units.senml(quantity);
        if (unit.length > 0) {
            cursor.put(',');
            text(UNIT, unit);
        }
        cursor.put(',');
        if (Units.isBoolean(quantity)) {
            Json.key(cursor, BOOLEAN_VALUE);
            Json.bool(cursor, value != 0);
        } else {
            Json.key(cursor, VALUE);
            cursor.decimal(value, Units.scale(quantity), Units.digits(quantity));
        }
    }

    private void text(byte[] key, byte[] text) {
        Json.key(cursor, key);
        Json.string(cursor, text, 0, text.length);
    }
}

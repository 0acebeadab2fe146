package midge.runtime.payload;

import midge.wire.Status;

/**
 * A measurement as a SenML pack in CBOR (RFC 8428 §6): the smallest payload here that still names its values and units. Numbers are
 * exact, integers or decimal fractions, and keep all decimals that the sensor gave. Time as
 * {@link SenmlJson}.
 */
public final class SenmlCbor implements ReadingFormat {
    /** Records that fit the one-octet array head, which keeps the pack in one pass. */
    public static final int MAX_RECORDS = 23;

    // Labels of RFC 8428 §6, table 4.
    private static final int BASE_NAME = -2;
    private static final int BASE_TIME = -3;
    private static final int NAME = 0;
    private static final int UNIT = 1;
    private static final int VALUE = 2;
    private static final int BOOLEAN_VALUE = 4;

    private final Cursor cursor = new Cursor();
    private final byte[] baseName;

    /** @param baseName ASCII as RFC 8428 §4.5.1 allows it, e.g. {@code n1/}; empty for none. Kept, not copied */
    public SenmlCbor(byte[] baseName) {
        this.baseName = baseName;
    }

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        if (count < 1 || count > MAX_RECORDS) {
            return Status.UNSUPPORTED;
        }
        cursor.open(out, at, capacity);
        cursor.put(Cbor.ARRAY | count);
        for (int i = first; i < first + count; i++) {
            long unixMs = i == first ? measurement.unixMs() : Measurement.UNKNOWN;
            record(i == first && baseName.length > 0, unixMs, measurement.quantity(i), measurement.value(i));
        }
        return cursor.close();
    }

    private void record(boolean withBaseName, long unixMs, int quantity, int value) {
        byte[] unit = Units.senml(quantity);
        int pairs = 2 + (withBaseName ? 1 : 0) + (unit.length > 0 ? 1 : 0) + (unixMs >= 0 ? 1 : 0);
        cursor.put(Cbor.MAP | pairs);
        if (withBaseName) {
            text(BASE_NAME, baseName);
        }
        if (unixMs >= 0) {
            Cbor.integer(cursor, BASE_TIME);
            Cbor.decimal(cursor, unixMs, 3);
        }
        text(NAME, Units.name(quantity));
        if (unit.length > 0) {
            text(UNIT, unit);
        }
        if (Units.isBoolean(quantity)) {
            Cbor.integer(cursor, BOOLEAN_VALUE);
            cursor.put(value != 0 ? Cbor.TRUE : Cbor.FALSE);
        } else {
            Cbor.integer(cursor, VALUE);
            Cbor.decimal(cursor, value, Units.scale(quantity));
        }
    }

    private void text(int label, byte[] text) {
        Cbor.integer(cursor, label);
        Cbor.text(cursor, text);
    }
}

package midge.runtime.task;

import midge.hal.sense.Sensor;
import midge.runtime.payload.JsonObject;
import midge.runtime.payload.Measurement;
import midge.runtime.payload.ReadingFormat;
import midge.runtime.payload.Units;
import midge.wire.Status;

/** An {@link Aggregate} as JSON: <code>{"ts":1732145655123,"t":21.38,"t_min":20.90,"t_max":21.77}</code>. */
public final class AggregateJson implements ReadingFormat {
    private static final byte[] TIME = {'t', 's'};
    private static final byte[] MIN = {'_', 'm', 'i', 'n'};
    private static final byte[] MAX = {'_', 'm', 'a', 'x'};

    private final JsonObject object = new JsonObject();
    private final byte[][] keys;

    /** @param sensor the aggregate whose measurements are written */
    public AggregateJson(Sensor sensor) {
        keys = new byte[sensor.valueCount()][];
        for (int i = 0; i < keys.length; i++) {
            byte[] name = Units.name(sensor.quantity(i));
            byte[] suffix = i % Aggregate.VALUES == 1 ? MIN : MAX;
            int more = i % Aggregate.VALUES == 0 ? 0 : suffix.length;
            keys[i] = new byte[name.length + more];
            System.arraycopy(name, 0, keys[i], 0, name.length);
            System.arraycopy(suffix, 0, keys[i], name.length, more);
        }
    }

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        if (first < 0 || first + count > keys.length) {
            return Status.UNSUPPORTED;
        }
        object.open(out, at, capacity);
        if (measurement.unixMs() >= 0) {
            object.number(TIME, measurement.unixMs(), 0, 0);
        }
        for (int i = first; i < first + count; i++) {
            int quantity = measurement.quantity(i);
            object.number(keys[i], measurement.value(i), Units.scale(quantity), Units.digits(quantity));
        }
        return object.close();
    }
}

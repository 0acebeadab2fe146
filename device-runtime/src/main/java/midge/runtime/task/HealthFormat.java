package midge.runtime.task;

import midge.runtime.payload.JsonObject;
import midge.runtime.payload.Measurement;
import midge.runtime.payload.ReadingFormat;
import midge.wire.Status;

/**
 * A {@link HealthReading} as JSON: <code>{"up":3600,"retries":4,"dropped":0,"waiting":1,"free":812345,"rssi":-61}</code>. What nobody knows is
 * left out.
 */
public final class HealthFormat implements ReadingFormat {
    private static final byte[] UP = {'u', 'p'};
    private static final byte[] RETRIES = {'r', 'e', 't', 'r', 'i', 'e', 's'};
    private static final byte[] DROPPED = {'d', 'r', 'o', 'p', 'p', 'e', 'd'};
    private static final byte[] WAITING = {'w', 'a', 'i', 't', 'i', 'n', 'g'};
    private static final byte[] FREE = {'f', 'r', 'e', 'e'};
    private static final byte[] RSSI = {'r', 's', 's', 'i'};

    private final JsonObject object = new JsonObject();

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        if (first != 0 || count != HealthReading.VALUES) {
            return Status.UNSUPPORTED;
        }
        object.open(out, at, capacity);
        put(UP, measurement.value(HealthReading.UPTIME));
        put(RETRIES, measurement.value(HealthReading.RETRIES));
        put(DROPPED, measurement.value(HealthReading.DROPS));
        put(WAITING, measurement.value(HealthReading.WAITING));
        put(FREE, measurement.value(HealthReading.FREE));
        put(RSSI, measurement.value(HealthReading.RSSI));
        return object.close();
    }

    private void put(byte[] key, int value) {
        if (value != BoardHealth.UNKNOWN) {
            object.number(key, value, 0, 0);
        }
    }
}

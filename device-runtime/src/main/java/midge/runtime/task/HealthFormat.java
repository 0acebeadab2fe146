package midge.runtime.task;

import midge.runtime.payload.JsonObject;
import midge.runtime.payload.Measurement;
import midge.runtime.payload.ReadingFormat;
import midge.wire.Status;

/** A {@link HealthReading} as JSON: <code>{"up":3600,"retries":4,"dropped":0,"waiting":1}</code>. */
public final class HealthFormat implements ReadingFormat {
    private static final byte[] UP = {'u', 'p'};
    private static final byte[] RETRIES = {'r', 'e', 't', 'r', 'i', 'e', 's'};
    private static final byte[] DROPPED = {'d', 'r', 'o', 'p', 'p', 'e', 'd'};
    private static final byte[] WAITING = {'w', 'a', 'i', 't', 'i', 'n', 'g'};

    private final JsonObject object = new JsonObject();

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        if (first != 0 || count != HealthReading.VALUES) {
            return Status.UNSUPPORTED;
        }
        object.open(out, at, capacity);
        object.number(UP, measurement.value(HealthReading.UPTIME), 0, 0);
        object.number(RETRIES, measurement.value(HealthReading.RETRANSMISSIONS), 0, 0);
        object.number(DROPPED, measurement.value(HealthReading.DROPS), 0, 0);
        object.number(WAITING, measurement.value(HealthReading.WAITING), 0, 0);
        return object.close();
    }
}

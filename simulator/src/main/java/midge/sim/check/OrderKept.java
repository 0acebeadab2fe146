package midge.sim.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message under way at a time keeps the order of an outbox. */
public final class OrderKept extends Checker {
    private final Map<DeviceFacts, Integer> last = new HashMap<>();

    @Override
    public String promise() {
        return "readings of QoS 1 and 2 of one device first reach the broker in the order in which they were taken";
    }

    @Override
    public void onArrived(String clientId, String topic, String payload, @Nullable Reading reading) {
        if (reading == null || reading.qos() == 0 || reading.arrivals() > 1) {
            return;
        }
        Integer before = last.put(reading.device(), reading.sequence());
        if (before != null && before > reading.sequence()) {
            throw broken(reading + ", number " + reading.sequence() + ", came after number " + before);
        }
    }
}

package midge.sim.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flash keeps what it has taken. Of a reading that was being stored or taken out when the power ended nothing is promised; one that has
 * been delivered may be there again.
 */
public final class StoredKept extends Checker {
    private final Map<DeviceFacts, Set<Reading>> waiting = new HashMap<>();

    @Override
    public String promise() {
        return "a reading that a device has stored on flash is there, in its order, when its power comes back";
    }

    @Override
    public void onPublished(Reading reading) {
        if (reading.device().keepsReadings()) {
            waiting.computeIfAbsent(reading.device(), device -> new LinkedHashSet<>())
                    .add(reading);
        }
    }

    @Override
    public void onOutcome(Reading reading) {
        Set<Reading> stored = waiting.get(reading.device());
        if (stored != null) {
            stored.remove(reading);
        }
    }

    @Override
    public void onRestarted(DeviceFacts device, List<String> stored) {
        int at = 0;
        for (Reading reading : waiting.getOrDefault(device, Set.of())) {
            int found = stored.subList(at, stored.size()).indexOf(reading.payload());
            if (found < 0) {
                throw broken(reading + " was stored and is not in its place: " + stored);
            }
            at += found + 1;
        }
    }
}

package midge.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import midge.sim.device.Ledger;
import midge.sim.device.SimDevice;
import midge.sim.scenario.Scenario.Expectation;
import midge.sim.scenario.Scenario.Kind;

/** Follows one expectation through a run. */
final class ExpectationWatch {
    private static final int NAMED_AT_MOST = 5;

    private final Expectation expectation;
    private final Set<String> missing = new LinkedHashSet<>();
    private String nearest = "";

    ExpectationWatch(Expectation expectation, List<SimDevice> devices) {
        this.expectation = expectation;
        for (SimDevice device : devices) {
            if (Scenario.fits(device.name(), expectation.devices())) {
                missing.add(device.name());
            }
        }
    }

    boolean watchesReadings() {
        return expectation.kind() == Kind.REPORTS;
    }

    boolean watchesConnections() {
        return expectation.kind() == Kind.CONNECTED;
    }

    private boolean isTime(long nowMs) {
        return nowMs >= expectation.afterMs() && nowMs <= expectation.afterMs() + expectation.withinMs();
    }

    /** A reading arrived at the broker. */
    void onReading(String device, String quantity, String payload, long nowMs) {
        if (!isTime(nowMs) || !quantity.equals(expectation.quantity()) || !missing.contains(device)) {
            return;
        }
        double value;
        try {
            value = Double.parseDouble(payload);
        } catch (NumberFormatException e) {
            return;
        }
        // Half of a published decimal's last digit is not the device's fault.
        if (Math.abs(value - expectation.value()) <= expectation.tolerance() + 1e-9) {
            missing.remove(device);
        } else {
            nearest = "; the last was " + payload + " from " + device;
        }
    }

    /** A moment to look at the devices. */
    void onMoment(List<SimDevice> devices, long nowMs) {
        if (!isTime(nowMs) || missing.isEmpty()) {
            return;
        }
        for (SimDevice device : devices) {
            if (device.isConnected()) {
                missing.remove(device.name());
            }
        }
    }

    /** {@return why it does not hold, empty when it does} */
    String failure(Ledger.Totals totals, long retransmitted) {
        return switch (expectation.kind()) {
            case REPORTS -> missing.isEmpty() ? "" : names() + " did not" + nearest;
            case CONNECTED -> missing.isEmpty() ? "" : names() + " was not";
            case NO_LOSS ->
                totals.lost() + totals.open() == 0
                        ? ""
                        : totals.lost() + " lost, " + totals.open() + " still waiting at the end";
            case NO_DUPLICATES -> totals.duplicated() == 0 ? "" : totals.duplicated() + " came more than once";
            case ARRIVED -> totals.delivered() >= expectation.value() ? "" : totals.delivered() + " arrived";
            case RETRANSMITTED_AT_MOST -> retransmitted <= expectation.value() ? "" : retransmitted + " were";
        };
    }

    private String names() {
        List<String> first = new ArrayList<>(missing).subList(0, Math.min(NAMED_AT_MOST, missing.size()));
        int more = missing.size() - first.size();
        return String.join(", ", first) + (more == 0 ? "" : " and " + more + " more");
    }

    Expectation expectation() {
        return expectation;
    }
}

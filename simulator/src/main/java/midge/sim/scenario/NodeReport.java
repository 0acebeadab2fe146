package midge.sim.scenario;

import java.util.Locale;
import midge.sim.device.Battery;
import midge.sim.device.SimDevice;
import midge.sim.net.LinkCounters;

/** What each device did on the radio, and what that would cost its battery, as CSV. */
public final class NodeReport {
    /** The first line. */
    public static final String HEADER =
            "device,frames_sent,octets_sent,frames_received,octets_received,frames_lost,frames_corrupted,airtime_ms,"
                    + "retransmissions,connections_lost,power_cuts,sensor_failures,awake_percent,mean_ma,battery_days";

    private NodeReport() {}

    /** {@return a line for each device after the first, which names the columns; the currents are those of {@link #currents}} */
    public static String csv(ScenarioRun run) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (ScenarioDevice each : run.scenarioDevices()) {
            SimDevice device = each.device();
            LinkCounters radio = device.radio();
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%d,%d,%d,%d,%d,%d,%.1f,%d,%d,%d,%d,%.2f,%.4f,%.1f\n",
                    device.name(),
                    radio.framesSent(),
                    radio.octetsSent(),
                    radio.framesReceived(),
                    radio.octetsReceived(),
                    radio.framesLost(),
                    radio.framesCorrupted(),
                    radio.airtimeUs() / 1_000.0,
                    device.retransmissions(),
                    device.connectionsLost(),
                    device.powerCuts(),
                    device.sensorFailures(),
                    100.0 * device.awakeMs() / Math.max(1, device.poweredMs()),
                    Battery.averageUa(device) / 1_000,
                    Battery.days(device, each.spec().batteryMah())));
        }
        return text.toString();
    }

    /** {@return the current model in one line} */
    public static String currents() {
        return String.format(
                Locale.ROOT,
                "battery estimate: %.0f mA awake, %.0f mA more while sending, %.3f mA asleep",
                Battery.AWAKE_UA / 1_000.0,
                Battery.TRANSMITTING_UA / 1_000.0,
                Battery.ASLEEP_UA / 1_000.0);
    }
}

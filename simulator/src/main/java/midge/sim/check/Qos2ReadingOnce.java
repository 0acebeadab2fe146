package midge.sim.check;

import org.jspecify.annotations.Nullable;

/**
 * QoS 2 upwards: never twice. Not promised to a device that forgot or gave up an exchange in the middle (power cut, connection counted as
 * lost), nor to one that asked for a clean session.
 */
public final class Qos2ReadingOnce extends Checker {
    @Override
    public String promise() {
        return "a reading of QoS 2 reaches the broker at most once";
    }

    @Override
    public void onArrived(String clientId, String topic, String payload, @Nullable Reading reading) {
        if (reading != null && reading.qos() == 2 && reading.arrivals() > 1 && isPromised(reading.device())) {
            throw broken(reading + " reached the broker " + reading.arrivals() + " times");
        }
    }

    private static boolean isPromised(DeviceFacts device) {
        return !device.clean() && device.crashes() == 0 && device.losses() == 0;
    }
}

package midge.sim.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import midge.mqttsn.codec.SnType;

/** A client, and the gateway towards each client, waits for one exchange to end before it begins the next (MQTT-SN 1.2 §6.6). */
public final class OneOutstanding extends Checker {
    private final Map<DeviceFacts, int[]> open = new HashMap<>();

    @Override
    public String promise() {
        return "at most one PUBLISH of QoS 1 or 2 is unanswered in each direction of each client";
    }

    @Override
    public void onFrame(RadioFrame frame) {
        int[] ids = open.computeIfAbsent(frame.device(), device -> new int[2]);
        if (frame.sent()) {
            onSent(frame, ids);
        } else if (frame.is(SnType.PUBACK) || frame.is(SnType.PUBCOMP)) {
            close(frame, ids);
        }
    }

    private void onSent(RadioFrame frame, int[] ids) {
        int direction = frame.up() ? 0 : 1;
        if (frame.is(SnType.CONNECT) || frame.is(SnType.CONNACK) || frame.is(SnType.DISCONNECT)) {
            Arrays.fill(ids, 0); // whatever was open is over, or will be taken up again
        } else if (frame.isAcknowledgedPublish()) {
            int id = frame.publish().msgId();
            if (ids[direction] != 0 && ids[direction] != id) {
                throw broken((frame.up() ? frame.device() : "gateway to " + frame.device()) + " sent PUBLISH " + id
                        + " while " + ids[direction] + " is unanswered");
            }
            ids[direction] = id;
        }
    }

    private static void close(RadioFrame frame, int[] ids) {
        int direction = frame.up() ? 1 : 0; // an answer ends what goes the other way
        if (ids[direction] == frame.message().msgId()) {
            ids[direction] = 0;
        }
    }

    @Override
    public void onCrash(DeviceFacts device) {
        open.remove(device);
    }

    /** At QoS 1 the gateway knows nothing of what was open; the broker sends it again, as another message. */
    @Override
    public void onGatewayCrash(DeviceFacts device) {
        open.remove(device);
    }
}

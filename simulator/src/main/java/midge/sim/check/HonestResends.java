package midge.sim.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnType;
import org.jspecify.annotations.Nullable;

/** A message that is sent again says so, and is otherwise the same (MQTT-SN 1.2 §5.3.4, §6.13). */
public final class HonestResends extends Checker {
    /** Length, type, flags: of the short form, which all frames of a simulated radio have. */
    private static final int FLAGS = 2;

    private final Map<DeviceFacts, byte[][]> last = new HashMap<>();

    @Override
    public String promise() {
        return "a PUBLISH that is sent again has DUP set and is otherwise the same";
    }

    @Override
    public void onFrame(RadioFrame frame) {
        byte[][] both = last.computeIfAbsent(frame.device(), device -> new byte[2][]);
        if (!frame.sent()) {
            if (frame.is(SnType.PUBACK)) {
                both[frame.up() ? 1 : 0] = null; // perhaps a refusal: with another topic id it is another message
            }
        } else if (frame.is(SnType.CONNECT) || frame.is(SnType.CONNACK) || frame.is(SnType.DISCONNECT)) {
            Arrays.fill(both, null);
        } else if (frame.isAcknowledgedPublish()) {
            int direction = frame.up() ? 0 : 1;
            judge(frame, both[direction]);
            both[direction] = frame.frame();
        }
    }

    private void judge(RadioFrame frame, byte @Nullable [] before) {
        byte[] now = frame.frame();
        int idAt = now.length - frame.publish().dataLength() - 2;
        if (before == null
                || before.length <= idAt + 1
                || before[idAt] != now[idAt]
                || before[idAt + 1] != now[idAt + 1]) {
            return; // another message
        }
        if (!frame.publish().dup()) {
            throw broken(frame.device() + ": PUBLISH " + frame.publish().msgId() + " is sent again without DUP");
        }
        byte[] expected = before.clone();
        expected[FLAGS] |= (byte) SnFlags.DUP;
        if (!Arrays.equals(expected, now)) {
            throw broken(frame.device() + ": PUBLISH " + frame.publish().msgId() + " is sent again with other octets");
        }
    }

    @Override
    public void onCrash(DeviceFacts device) {
        last.remove(device);
    }
}

package midge.sim.check;

import java.util.HashMap;
import java.util.Map;
import midge.mqttsn.codec.SnType;

/**
 * A sleeping device's radio is off: nothing is sent to it until it speaks (MQTT-SN 1.2 §6.14). A request that reaches the gateway while
 * the device is asleep is answered, since who asks listens; that may take as long as the broker takes.
 */
public final class SleepersLeftAlone extends Checker {
    private static final class State {
        boolean wantsSleep;
        boolean collecting;
        boolean asleep;
        boolean asked;
    }

    private final Map<DeviceFacts, State> states = new HashMap<>();

    @Override
    public String promise() {
        return "the gateway sends nothing to a device that sleeps, except an answer to what it asked";
    }

    @Override
    public void onFrame(RadioFrame frame) {
        State state = states.computeIfAbsent(frame.device(), device -> new State());
        if (frame.up() && !frame.sent()) {
            onHeard(frame, state);
        } else if (!frame.up() && frame.sent()) {
            onSent(frame, state);
        }
    }

    private static void onHeard(RadioFrame frame, State state) {
        state.asked = true;
        if (frame.is(SnType.CONNECT)) {
            state.asleep = false;
            state.wantsSleep = false;
            state.collecting = false;
        } else if (frame.is(SnType.DISCONNECT)) {
            state.wantsSleep = frame.message().bodyLength() == 2;
        } else if (frame.is(SnType.PINGREQ) && frame.message().bodyLength() > 0) {
            state.collecting |= state.asleep;
            state.asleep = false;
        }
    }

    private void onSent(RadioFrame frame, State state) {
        boolean answer = !frame.is(SnType.PUBLISH) && !frame.is(SnType.REGISTER) && !frame.is(SnType.PUBREL);
        if (state.asleep && !(state.asked && answer)) {
            throw broken(
                    "the gateway sent a frame of type " + frame.type() + " to " + frame.device() + ", which sleeps");
        }
        boolean ends = frame.is(SnType.PINGRESP) && state.collecting;
        if ((frame.is(SnType.DISCONNECT) && state.wantsSleep) || ends) {
            state.asleep = true;
            state.collecting = false;
            state.asked = false;
        }
    }

    /** Who sleeps is known after the crash; what was asked before it is not. */
    @Override
    public void onGatewayCrash(DeviceFacts device) {
        State state = states.get(device);
        if (state != null) {
            state.collecting = false;
            state.asked = false;
        }
    }

    @Override
    public void onCrash(DeviceFacts device) {
        states.remove(device);
    }
}

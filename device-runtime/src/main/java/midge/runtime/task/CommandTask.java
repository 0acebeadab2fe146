package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Actuator;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.runtime.payload.BareNumber;

/**
 * Lets one actuator obey, and tells on a state topic what it is set to: after each command, understood or not, and once at the start,
 * so that the state topic is true whoever looks. Several commands in a row give one state.
 */
public final class CommandTask implements Task, MessageHandler {
    /** Enough for any number with sign and decimals. */
    private static final int STATE_CAPACITY = 32;
    /** How soon a state that was refused is offered again, ms. */
    private static final int REFUSED_RETRY_MS = 10_000;

    /** For {@code stateTopic}: the state is not published. */
    public static final int NO_TOPIC = -1;

    private final DeviceRuntime runtime;
    private final Actuator actuator;
    private final ReadingSink sink;
    private final ReadingListener listener;
    private final int stateTopic;
    private final int stateQos;
    private final BareNumber format = new BareNumber();
    private final byte[] state = new byte[STATE_CAPACITY];
    private boolean stateDue = true;

    private int commands;
    private int invalid;
    private int failures;
    private int lastFailure;

    /** @param stateTopic its number among the device's topics (retained there, as a rule), or {@link #NO_TOPIC} */
    public CommandTask(
            DeviceRuntime runtime,
            Actuator actuator,
            ReadingSink sink,
            ReadingListener listener,
            int stateTopic,
            int stateQos) {
        this.runtime = runtime;
        this.actuator = actuator;
        this.sink = sink;
        this.listener = listener;
        this.stateTopic = stateTopic;
        this.stateQos = stateQos;
    }

    /** Obeys at once. @return what {@link Actuator#apply} said */
    public int onCommand(byte[] command, int offset, int length) {
        int status = actuator.apply(command, offset, length);
        if (status >= 0) {
            commands++;
        } else if (status == Hal.INVALID) {
            invalid++;
        } else {
            failures++;
            lastFailure = status;
        }
        stateDue = true;
        runtime.wake(this);
        return status;
    }

    public void onMessage(
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] payload,
            int offset,
            int length,
            boolean retained,
            long nowMs) {
        onCommand(payload, offset, length);
    }

    public long run(long nowMs) {
        if (!stateDue || stateTopic == NO_TOPIC) {
            return NEVER;
        }
        int length = format.write(state, 0, state.length, actuator.quantity(), actuator.value());
        int token = length < 0 ? length : sink.accept(stateTopic, state, 0, length, stateQos, nowMs);
        if (token < 0) {
            listener.onRefused(stateTopic, token, nowMs);
            return nowMs + REFUSED_RETRY_MS;
        }
        stateDue = false;
        listener.onPublished(stateTopic, token, state, 0, length, nowMs);
        return NEVER;
    }

    /** @return whether a state is still to be handed over */
    public boolean idle() {
        return !stateDue || stateTopic == NO_TOPIC;
    }

    /** @return commands carried out */
    public int commands() {
        return commands;
    }

    /** @return commands that meant nothing to the actuator */
    public int invalid() {
        return invalid;
    }

    /** @return commands that the actuator understood and could not carry out */
    public int failures() {
        return failures;
    }

    /** @return the {@code Hal} code of the last failure, 0 when there was none */
    public int lastFailure() {
        return lastFailure;
    }
}

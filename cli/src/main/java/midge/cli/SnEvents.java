package midge.cli;

import midge.mqttsn.client.SnClientListener;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnReturnCode;

/** What became of a connection by MQTT-SN, in words; a command adds what it does with messages. */
class SnEvents extends SnQuietListener {
    private int cause = SnClientListener.REQUESTED;
    private int returnCode;
    private String refusedMessage = "";
    private int missedWakes;

    /** Forgets what was. */
    final void reset() {
        cause = SnClientListener.REQUESTED;
        returnCode = 0;
        missedWakes = 0;
    }

    /** {@return why there is no connection, as {@link SnClientListener} numbers it} */
    final int cause() {
        return cause;
    }

    /** {@return the refusal of CONNECT, in words} */
    final String refusal() {
        return name(returnCode);
    }

    /** {@return whether the gateway did not answer the last wake-up} */
    final boolean missedWake() {
        return missedWakes > 0;
    }

    /** Throws when the gateway has refused a message since the last time. */
    final void complain() {
        if (!refusedMessage.isEmpty()) {
            String reason = refusedMessage;
            refusedMessage = "";
            throw new UserError(ExitCode.FAILED, "the gateway refused the message (" + reason + ")");
        }
    }

    static String name(int returnCode) {
        return switch (returnCode) {
            case SnReturnCode.CONGESTION -> "congestion";
            case SnReturnCode.INVALID_TOPIC_ID -> "invalid topic id";
            case SnReturnCode.NOT_SUPPORTED -> "not supported";
            default -> "return code " + returnCode;
        };
    }

    @Override
    public void onDisconnected(int cause, int returnCode, long nowMs) {
        this.cause = cause;
        this.returnCode = returnCode;
    }

    @Override
    public void onDelivered(int token, int returnCode, long nowMs) {
        if (returnCode != SnReturnCode.ACCEPTED) {
            refusedMessage = name(returnCode);
        }
    }

    @Override
    public void onAsleep(int cause, long nowMs) {
        missedWakes = cause == SnClientListener.NO_ANSWER ? missedWakes + 1 : 0;
    }
}

package midge.mqttsn.client;

import java.util.HashSet;
import java.util.Set;

/** Keeps count of the tokens of requests, and looks at what a message points to. */
final class TokenListener implements SnClientListener {
    private final Set<Integer> tokens = new HashSet<>();

    int outstanding() {
        return tokens.size();
    }

    /** @param token as a request returned it; negative when it was refused */
    void began(int token) {
        if (token >= 0 && !tokens.add(token)) {
            throw new AssertionError("token " + token + " is in use");
        }
    }

    private void ended(int token) {
        if (!tokens.remove(token)) {
            throw new AssertionError("token " + token + " is not in use");
        }
    }

    @Override
    public void onConnected(boolean resumed, long nowMs) {}

    @Override
    public void onDisconnected(int cause, int returnCode, long nowMs) {}

    @Override
    public void onAsleep(int cause, long nowMs) {}

    @Override
    public void onDelivered(int token, int returnCode, long nowMs) {
        ended(token);
    }

    @Override
    public void onRegistered(int token, int topicId, int returnCode, long nowMs) {
        ended(token);
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        ended(token);
    }

    @Override
    public void onUnsubscribed(int token, long nowMs) {
        ended(token);
    }

    @Override
    public void onWillUpdated(int token, int returnCode, long nowMs) {
        ended(token);
    }

    @Override
    public void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {
        boolean inside = topicOffset >= 0
                && topicOffset + topicLength <= topic.length
                && topicLength >= 0
                && dataLength >= 0
                && dataOffset + dataLength <= data.length;
        if (!inside) {
            throw new AssertionError("a message outside its arrays");
        }
    }
}

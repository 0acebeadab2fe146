package midge.mqttsn.client;

/** A listener that ignores everything; extend it to take some events only. */
public class SnQuietListener implements SnClientListener {
    public void onConnected(boolean resumed, long nowMs) {}

    public void onDisconnected(int cause, int returnCode, long nowMs) {}

    public void onAsleep(int cause, long nowMs) {}

    public void onDelivered(int token, int returnCode, long nowMs) {}

    public void onRegistered(int token, int topicId, int returnCode, long nowMs) {}

    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {}

    public void onUnsubscribed(int token, long nowMs) {}

    public void onWillUpdated(int token, int returnCode, long nowMs) {}

    public void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {}
}

package midge.runtime.task;

/** {@link ReadingListener#NOBODY}. */
final class NoReadingListener implements ReadingListener {
    public void onSampled(int topic, int quantity, int value, long nowMs) {}

    public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {}

    public void onRefused(int topic, int status, long nowMs) {}

    public void onOutcome(int token, int status, long nowMs) {}

    public void onSensorFailed(int topic, int code, long nowMs) {}
}

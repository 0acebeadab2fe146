package midge.runtime.task;

import midge.runtime.payload.Measurement;

/** Decides which values of a measurement are worth a message (report by exception), and hands these to the sink. */
final class Reporter {
    private final SamplingConfig config;
    private final Measurement measurement;
    private final ReadingSink sink;
    private final ReadingListener listener;
    private final byte[] payload;

    private final boolean[] reported;
    private final int[] lastValues;
    private final long[] lastAtMs;

    private int published;
    private int suppressed;
    private int refused;

    Reporter(SamplingConfig config, Measurement measurement, ReadingSink sink, ReadingListener listener) {
        this.config = config;
        this.measurement = measurement;
        this.sink = sink;
        this.listener = listener;
        payload = new byte[config.payloadCapacity];
        reported = new boolean[measurement.count()];
        lastValues = new int[measurement.count()];
        lastAtMs = new long[measurement.count()];
    }

    int published() {
        return published;
    }

    int suppressed() {
        return suppressed;
    }

    int refused() {
        return refused;
    }

    void report(long nowMs) {
        if (config.commonTopic == SamplingConfig.NO_TOPIC) {
            reportEach(nowMs);
        } else {
            reportTogether(config.commonTopic, nowMs);
        }
    }

    void failed(int code, long nowMs) {
        listener.onSensorFailed(firstTopic(), code, nowMs);
    }

    private int firstTopic() {
        if (config.commonTopic != SamplingConfig.NO_TOPIC) {
            return config.commonTopic;
        }
        int index = 0;
        while (index < SamplingConfig.MAX_VALUES - 1 && config.topic(index) == SamplingConfig.NO_TOPIC) {
            index++;
        }
        return config.topic(index);
    }

    private void reportEach(long nowMs) {
        for (int i = 0; i < measurement.count(); i++) {
            int topic = config.topic(i);
            if (topic != SamplingConfig.NO_TOPIC) {
                listener.onSampled(topic, measurement.quantity(i), measurement.value(i), nowMs);
                if (worthAMessage(i, nowMs)) {
                    publish(topic, i, 1, nowMs);
                } else {
                    suppressed++;
                }
            }
        }
    }

    private void reportTogether(int topic, long nowMs) {
        boolean worth = false;
        for (int i = 0; i < measurement.count(); i++) {
            listener.onSampled(topic, measurement.quantity(i), measurement.value(i), nowMs);
            worth |= worthAMessage(i, nowMs);
        }
        if (worth) {
            publish(topic, 0, measurement.count(), nowMs);
        } else {
            suppressed += measurement.count();
        }
    }

    private boolean worthAMessage(int index, long nowMs) {
        if (!reported[index]) {
            return true;
        }
        long change = (long) measurement.value(index) - lastValues[index];
        if ((change < 0 ? -change : change) > config.deadband(index)) {
            return true;
        }
        return config.maxSilenceMs > 0 && nowMs - lastAtMs[index] >= config.maxSilenceMs;
    }

    private void publish(int topic, int first, int count, long nowMs) {
        int length = config.format.write(payload, 0, payload.length, measurement, first, count);
        int token = length < 0 ? length : sink.accept(topic, payload, 0, length, config.qos, nowMs);
        if (token < 0) {
            refused++; // not marked as reported: the next measurement tries again
            listener.onRefused(topic, token, nowMs);
            return;
        }
        published++;
        for (int i = first; i < first + count; i++) {
            reported[i] = true;
            lastValues[i] = measurement.value(i);
            lastAtMs[i] = nowMs;
        }
        listener.onPublished(topic, token, payload, 0, length, nowMs);
    }
}

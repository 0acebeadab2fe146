package midge.board;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.board.discovery.Channel;
import midge.hal.sense.Sensor;
import midge.runtime.payload.Units;
import midge.runtime.task.Aggregate;
import midge.runtime.task.AggregateJson;
import midge.runtime.task.SamplingConfig;

/** One sensor of a {@link Device}: how often it measures and where that goes. {@link #to} ends it. */
public final class Reading {
    /** A value is no value any more when two reports have not come, and a bit. */
    private static final double MISSED_REPORTS = 2.5;
    /** A value within its deadband is published all the same after this time. */
    private static final int MAX_SILENCE_MS = 600_000;

    private static final String[] SERIES = {"", "-min", "-max"};

    private final Device device;
    private final Sensor sensor;
    /** The sensor, or the aggregate of it. */
    private Sensor measured;

    private final Duration period;
    private String name;
    private String described = "";
    private Payload payload = Payload.BARE;
    private int qos = 1;
    private int samples = 1;
    private boolean retained = true;
    private final Map<Integer, Integer> deadbands = new HashMap<>();
    private List<String> topics = List.of();

    Reading(Device device, Duration period, Sensor sensor, String name) {
        this.device = device;
        this.period = period;
        this.sensor = sensor;
        measured = sensor;
        this.name = name;
    }

    /** Names the sensor, for topics, for messages to a person and for discovery. Default {@code sensor1}, {@code sensor2}, … */
    public Reading named(String sensorName) {
        name = sensorName;
        return this;
    }

    /** Says in messages to a person what and where it is, {@code bme280 at 0x76 on i2c-1}. Default nothing. */
    public Reading described(String text) {
        described = text;
        return this;
    }

    /** Default {@link Payload#BARE}. */
    public Reading as(Payload form) {
        payload = form;
        return this;
    }

    /** Default 1. */
    public Reading qos(int level) {
        qos = level;
        return this;
    }

    /** Whether the broker keeps the last one for those who subscribe later. Default true. */
    public Reading retained(boolean retain) {
        retained = retain;
        return this;
    }

    /** Measurements that make one value, their mean. Default 1. Range 1..64. */
    public Reading samples(int count) {
        samples = count;
        return this;
    }

    /**
     * Measures so many times in each period, and publishes mean, least and greatest: on topics that end with nothing, {@code -min} and {@code
     * -max}, or as {@code t}, {@code t_min} and {@code t_max} in JSON. Before {@link #deadband} and {@link #to}.
     *
     * @throws IllegalArgumentException for a sensor with more than five values
     */
    public Reading aggregating(int count) {
        measured = new Aggregate(sensor, count, (int) Math.min(3_600_000, period.toMillis() / count));
        return this;
    }

    /** Publishes the value {@code index} only when it moved by more than this, in the unit of its quantity. Default: always. */
    public Reading deadband(int index, int most) {
        deadbands.put(index, most);
        return this;
    }

    /**
     * Publishes on these topics: with {@link Payload#BARE} one for each value of the sensor, otherwise one for all.
     *
     * @throws IllegalArgumentException when their number does not fit
     */
    public Device to(String... topicNames) {
        if (isAggregate() && payload != Payload.BARE && payload != Payload.JSON) {
            throw new IllegalArgumentException("sensor \"" + name
                    + "\" tells least and greatest, which SenML has no names for;" + " payload must be bare or json");
        }
        int wanted = payload == Payload.BARE ? measured.valueCount() : 1;
        if (topicNames.length != wanted) {
            throw new IllegalArgumentException("sensor \"" + name + "\" wants " + wanted + " topics with payload "
                    + payload.text() + ", not " + topicNames.length);
        }
        topics = List.copyOf(Arrays.asList(topicNames));
        return device.add(this);
    }

    /** Publishes below the device's prefix: {@code air/temperature} with {@link Payload#BARE}, otherwise {@code air}. */
    public Device toUsualTopics() {
        String own = device.prefix() + "/" + name;
        if (payload != Payload.BARE) {
            return to(own);
        }
        String[] usual = new String[measured.valueCount()];
        for (int i = 0; i < usual.length; i++) {
            usual[i] = own + "/" + key(i);
        }
        return to(usual);
    }

    /** {@return {@code temperature}, and for a second one {@code temperature2}} */
    private String key(int index) {
        if (isAggregate()) {
            String base = Quantities.of(measured.quantity(index)).key();
            return base + SERIES[index % Aggregate.VALUES];
        }
        int same = 0;
        for (int i = 0; i < index; i++) {
            same += sensor.quantity(i) == sensor.quantity(index) ? 1 : 0;
        }
        return Quantities.of(sensor.quantity(index)).key() + (same == 0 ? "" : "" + (same + 1));
    }

    /**
     * {@return what is told of each value}
     *
     * @param sleepS time between two reports of a sleeper, 0 for others
     */
    List<Channel> channels(int sleepS) {
        double usualS = sleepS > 0 ? sleepS : period.toMillis() / 1_000.0;
        double longestS = deadbands.isEmpty() ? usualS : Math.max(usualS, MAX_SILENCE_MS / 1_000.0);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < measured.valueCount(); i++) {
            int expireAfterS = (int) Math.min(Integer.MAX_VALUE, Math.ceil(MISSED_REPORTS * longestS));
            channels.add(
                    new Channel(name, key(i), measured.quantity(i), topic(i), jsonPath(i), "", expireAfterS, false));
        }
        return channels;
    }

    private String jsonPath(int index) {
        int quantity = measured.quantity(index);
        String value = Quantities.of(quantity).isBinary() ? "vb" : "v";
        String series = isAggregate() ? SERIES[index % Aggregate.VALUES].replace('-', '_') : "";
        return switch (payload) {
            case BARE -> "";
            case JSON -> "value_json." + new String(Units.name(quantity), StandardCharsets.US_ASCII) + series;
            case SENML_JSON -> "value_json[" + index + "]." + value;
            case SENML_CBOR ->
                throw new IllegalArgumentException("Home Assistant and Homie cannot read senml-cbor; give sensor \""
                        + name + "\" another payload");
        };
    }

    private boolean isAggregate() {
        return measured != sensor;
    }

    /** {@return what the task measures: the sensor, or its aggregate} */
    public Sensor measured() {
        return measured;
    }

    Sensor sensor() {
        return sensor;
    }

    Duration period() {
        return period;
    }

    String name() {
        return name;
    }

    Payload payload() {
        return payload;
    }

    boolean isRetained() {
        return retained;
    }

    /** {@return the topic of a value, the same for all when they share one} */
    String topic(int index) {
        return topics.size() == 1 ? topics.get(0) : topics.get(index);
    }

    List<String> topics() {
        return topics;
    }

    /** {@return the sensor for a message to a person} */
    String label() {
        return described.isEmpty() ? name : name + " (" + described + ")";
    }

    /**
     * @param numbers of {@link #topics}
     * @param onRequest whether somebody else says when to measure
     */
    SamplingConfig config(int[] numbers, boolean onRequest, String baseName) {
        SamplingConfig.Builder config = new SamplingConfig.Builder()
                .maxSilenceMs(MAX_SILENCE_MS)
                .periodMs(onRequest ? 0 : (int) period.toMillis())
                .oversampling(samples)
                .timeoutMs(patienceMs())
                .qos(qos)
                .payloadCapacity(Device.PAYLOAD_OCTETS)
                .format(
                        isAggregate() && payload == Payload.JSON
                                ? new AggregateJson(measured)
                                : payload.format(baseName + name + "/"));
        if (payload != Payload.BARE) {
            config.commonTopic(numbers[0]);
            config.wallClock(System::currentTimeMillis);
        }
        for (int i = 0; payload == Payload.BARE && i < measured.valueCount(); i++) {
            config.topic(i, numbers[i]);
        }
        deadbands.forEach(config::deadband);
        return config.build();
    }

    private int patienceMs() {
        long seriesMs = isAggregate() ? period.toMillis() : 0;
        return (int) Math.min(3_600_000, seriesMs + Device.SENSOR_PATIENCE_MS);
    }
}

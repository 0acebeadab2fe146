package midge.sim.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import midge.hal.sense.Actuator;
import midge.hal.sense.Sensor;
import midge.runtime.task.PublishTopics;

/** What is on a device: sensors, actuators, and the topics of both. It outlives the device's power. */
final class Fittings {
    /** A topic of the device. {@code held} tells what is at the chip, in the unit of its quantity. */
    record Channel(String topic, IntSupplier held, int qos) {}

    record Sensing(Sensor sensor, int periodMs, int heartbeatMs, int firstTopic, int qos) {}

    record Obeying(Actuator actuator, int topic, int qos) {}

    private final String prefix;
    private final PublishTopics.Builder topics = new PublishTopics.Builder();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Sensing> sensings = new ArrayList<>();
    private final List<Obeying> obeyings = new ArrayList<>();

    /** @param prefix of each topic, up to the name of the value */
    Fittings(String prefix) {
        this.prefix = prefix;
    }

    void addSensor(Sensor sensor, int periodMs, int heartbeatMs, int qos, List<String> values, List<IntSupplier> held) {
        int first = channels.size();
        for (int i = 0; i < values.size(); i++) {
            addChannel(values.get(i), held.get(i), qos);
        }
        sensings.add(new Sensing(sensor, periodMs, heartbeatMs, first, qos));
    }

    /** {@return the topic of its state} */
    String addActuator(Actuator actuator, String value, int qos, IntSupplier held) {
        int topic = addChannel(value, held, qos);
        obeyings.add(new Obeying(actuator, topic, qos));
        return channel(topic).topic();
    }

    private int addChannel(String value, IntSupplier held, int qos) {
        channels.add(new Channel(prefix + value, held, qos));
        return topics.add(prefix + value, false);
    }

    Channel channel(int topic) {
        return channels.get(topic);
    }

    PublishTopics publishTopics() {
        return topics.build();
    }

    List<String> topics() {
        return channels.stream().map(Channel::topic).toList();
    }

    List<Sensing> sensings() {
        return sensings;
    }

    List<Obeying> obeyings() {
        return obeyings;
    }
}

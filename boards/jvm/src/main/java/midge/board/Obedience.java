package midge.board;

import midge.board.discovery.Channel;
import midge.hal.sense.Actuator;

/** One actuator of a {@link Device}: where its commands come from and where its state goes. {@link #on} ends it. */
public final class Obedience {
    private final Device device;
    private final Actuator actuator;
    private String name;
    private String stateTopic = "";
    private String commandTopic = "";

    Obedience(Device device, Actuator actuator, String name) {
        this.device = device;
        this.actuator = actuator;
        this.name = name;
    }

    /** Names it. Default {@code actuator1}, … */
    public Obedience named(String actuatorName) {
        name = actuatorName;
        return this;
    }

    /** Tells on this topic, retained, what it is set to. Default: nowhere. */
    public Obedience telling(String topic) {
        stateTopic = topic;
        return this;
    }

    /** Obeys the messages on this topic. */
    public Device on(String topic) {
        commandTopic = topic;
        return device.add(this);
    }

    /** Obeys {@code PREFIX/NAME/set} and tells its state on {@code PREFIX/NAME}; with Homie, {@code PREFIX/NAME/switch}. */
    public Device onUsualTopics() {
        String own = device.prefix() + "/" + name + (device.isHomie() ? "/" + key() : "");
        return telling(own).on(own + "/set");
    }

    private String key() {
        return Quantities.of(actuator.quantity()).key();
    }

    /** {@return what is told of it} */
    Channel channel() {
        return new Channel(name, key(), actuator.quantity(), stateTopic, "", commandTopic, 0, false);
    }

    Actuator actuator() {
        return actuator;
    }

    String name() {
        return name;
    }

    String stateTopic() {
        return stateTopic;
    }

    String commandTopic() {
        return commandTopic;
    }
}

package midge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import midge.board.discovery.Announcement;
import midge.board.discovery.Channel;
import midge.board.discovery.HomeAssistant;
import midge.board.discovery.Homie;
import midge.board.jvm.JvmClock;
import midge.board.jvm.TlsConfig;
import midge.hal.sense.Actuator;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.ReadingSink;
import org.jspecify.annotations.Nullable;

/**
 * Describes a device; {@link #start} makes it.
 *
 * <pre>{@code
 * Device.named("greenhouse-1")
 *         .over("udp://gateway:1884")
 *         .every(seconds(30), thermometer).to("greenhouse/1/t")
 *         .obey(pump).telling("greenhouse/1/pump").on("greenhouse/1/pump/set")
 *         .start()
 *         .run(() -> false);
 * }</pre>
 *
 * What is wrong with a value is told by an {@link IllegalArgumentException} of one sentence.
 */
public final class Device {
    /** Room for one payload, octets. */
    static final int PAYLOAD_OCTETS = 512;
    /** Longest time that a sensor may stay "not ready", ms; drivers give up earlier by themselves. */
    static final int SENSOR_PATIENCE_MS = 30_000;

    private static final int MOST_PARTS = 24;
    /** Of the health message: keys, and what they are called. */
    private static final String[][] HEALTH = {{"up", "uptime"}, {"retries", "retries"}, {"dropped", "dropped"}};

    /** Each wants a subscription, and Home Assistant's birth another. */
    private static final int MOST_ACTUATORS = LinkConfig.MAX_SUBSCRIPTIONS - 1;

    final String name;
    final JvmClock clock = new JvmClock();
    String over = "mqtt://127.0.0.1:1883";
    String user = "";
    byte[] password = {};

    @Nullable
    TlsConfig tls;

    int mqttVersion = 4;
    int keepAliveS = 60;
    int retryMs = 10_000;
    int outboxMessages = 1_000;

    @Nullable
    Path outboxFolder;

    int drainMs = 50;
    int sleepS;
    int reportEvery = 1;
    int healthMs;
    boolean drains;
    boolean once;
    Consumer<String> says = line -> {};
    boolean verbose;
    final List<Reading> readings = new ArrayList<>();
    final List<Obedience> obediences = new ArrayList<>();
    private String prefix;
    private String assistantPrefix = "";
    private String assistantVia = "";
    private String gatewayStatus = "";
    private boolean homie;

    private Device(String name) {
        this.name = name;
        prefix = "midge/" + name;
    }

    /** @param name its client id, and by default part of its topics: letters, digits, {@code -} and {@code _}, 1..64 */
    public static Device named(String name) {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("the name \"" + name + "\" must be 1 to 64 letters, digits, - or _");
        }
        return new Device(name);
    }

    /** {@return so many seconds} */
    public static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** {@return so many minutes} */
    public static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    /**
     * Where its messages go: {@code udp://gateway:1884} for MQTT-SN; {@code mqtt://}, {@code mqtts://}, {@code ws://} or {@code wss://}
     * for an MQTT broker.
     */
    public Device over(String uri) {
        Lines.check(uri);
        over = uri;
        return this;
    }

    /** Logs in at the broker; not with MQTT-SN, where the gateway does. */
    public Device login(String userName, byte[] secret) {
        user = userName;
        password = secret.clone();
        return this;
    }

    /** Whom to trust with {@code mqtts://} and {@code wss://}. Default: the JDK's list. */
    public Device tls(TlsConfig config) {
        tls = config;
        return this;
    }

    /** @param level 4 for MQTT 3.1.1 (default), 5 for 5.0 */
    public Device mqttVersion(int level) {
        if (level != 4 && level != 5) {
            throw new IllegalArgumentException("the MQTT version is " + level + ", must be 4 (3.1.1) or 5");
        }
        mqttVersion = level;
        return this;
    }

    /** How soon broker or gateway must notice that the device is gone. Default a minute. 1..65_535 s. */
    public Device keepAlive(Duration longest) {
        keepAliveS = within("keep alive", longest.toSeconds(), 1, 65_535);
        return this;
    }

    /** MQTT-SN's T_retry: how long an answer is awaited. Default 10 s. 100 ms..60 s. */
    public Device retryAfter(Duration longest) {
        retryMs = within("retry in ms", longest.toMillis(), 100, 60_000);
        return this;
    }

    /** How topics begin that nobody chose. Default {@code midge/NAME}. */
    public Device under(String topicPrefix) {
        prefix = topicPrefix;
        return this;
    }

    /** Measures with a sensor, again and again; 1 ms..7 days. What is returned says where to. */
    public Reading every(Duration period, Sensor sensor) {
        within("period in ms", period.toMillis(), 1, 604_800_000);
        return new Reading(this, period, sensor, "sensor" + (readings.size() + 1));
    }

    /** Lets an actuator obey. What is returned says on which topic. */
    public Obedience obey(Actuator actuator) {
        return new Obedience(this, actuator, "actuator" + (obediences.size() + 1));
    }

    /** Keeps messages that cannot be sent in RAM, so many at most. Default 1_000. */
    public Device outbox(int messages) {
        outboxMessages = within("messages", messages, 1, 4_096);
        outboxFolder = null;
        return this;
    }

    /** Keeps them in two files of this folder, so that they survive a power cut; over MQTT each then arrives exactly once at QoS 2. */
    public Device outbox(Path folder, int messages) {
        outboxMessages = within("messages", messages, 1, 65_535);
        outboxFolder = folder;
        return this;
    }

    /** Shortest time between two messages, so that a full outbox does not flood the network. Default 50 ms. 0..60 s. */
    public Device drainEvery(Duration pause) {
        drainMs = within("drain interval in ms", pause.toMillis(), 0, 60_000);
        return this;
    }

    /**
     * Sleeps between measurements; MQTT-SN only. Every sensor then measures each time that the device becomes active, whatever its period.
     *
     * @param longest time of one sleep, 1..65_535 s
     * @param reportEvery in every so many-th it becomes active, in the others it only collects commands
     */
    public Device sleeping(Duration longest, int reportEvery) {
        sleepS = within("sleep", longest.toSeconds(), 1, 65_535);
        this.reportEvery = within("report_every", reportEvery, 1, 1_000);
        return this;
    }

    /**
     * Appears in Home Assistant by itself.
     *
     * @param discoveryPrefix {@code homeassistant} unless changed there
     * @param via identifier of the gateway that the device is reached through; empty: none
     * @param gatewayStatusTopic where that gateway says {@code online} or {@code offline}; empty: nowhere
     */
    public Device homeAssistant(String discoveryPrefix, String via, String gatewayStatusTopic) {
        assistantPrefix = discoveryPrefix;
        assistantVia = via;
        gatewayStatus = gatewayStatusTopic;
        return this;
    }

    /** Is a device of the Homie convention, version 5; call it before sensors are added, for topics begin with {@code homie/5/NAME} then. */
    public Device homie() {
        Homie.checkId(name);
        homie = true;
        prefix = Homie.prefix(name);
        return this;
    }

    /** Tells, so often, how the device itself is: as JSON on {@code PREFIX/health}. 1 s..7 days. */
    public Device health(Duration period) {
        healthMs = within("health in ms", period.toMillis(), 1_000, 604_800_000);
        return this;
    }

    /** Measures once with every sensor, at the start, whatever their periods. */
    public Device measuringOnce() {
        once = true;
        return this;
    }

    /** Only sends what the outbox holds, and measures nothing. */
    public Device draining() {
        drains = true;
        return this;
    }

    /** Takes lines for a person: connected, lost, a sensor that fails. {@code eachReading}: also every message. */
    public Device saying(Consumer<String> listener, boolean eachReading) {
        says = listener;
        verbose = eachReading;
        return this;
    }

    /**
     * Makes the device and opens what it stands on.
     *
     * @return its loop, not running yet
     * @throws IOException of one sentence when files cannot be opened
     * @throws IllegalArgumentException of one sentence when options do not fit together
     */
    public DeviceLoop start() throws IOException {
        if (sleepS > 0 && Lines.isMqtt(over)) {
            throw new IllegalArgumentException("only MQTT-SN knows sleeping devices, and " + Lines.shown(over)
                    + " is MQTT; use a gateway, udp://host:1884");
        }
        if (!user.isEmpty() && !Lines.isMqtt(over)) {
            throw new IllegalArgumentException(
                    "MQTT-SN has no user names: give user and password to the gateway, not to the device");
        }
        return new DeviceLoop(this);
    }

    /** {@return how topics begin that nobody chose} */
    String prefix() {
        return prefix;
    }

    boolean isHomie() {
        return homie;
    }

    /** {@return where the device says whether it is there} */
    String availabilityTopic() {
        return homie ? Homie.stateTopic(name) : prefix + "/status";
    }

    String healthTopic() {
        return (homie ? "midge/" + name : prefix) + "/health";
    }

    private List<Channel> healthChannels() {
        int expireAfterS = (int) Math.min(Integer.MAX_VALUE, 5L * healthMs / 2_000);
        List<Channel> channels = new ArrayList<>();
        for (String[] each : HEALTH) {
            int quantity = each[0].equals("up") ? Quantity.DURATION : Quantity.COUNT;
            channels.add(new Channel(
                    "device", each[1], quantity, healthTopic(), "value_json." + each[0], "", expireAfterS, true));
        }
        return channels;
    }

    /** {@return what it says there after connecting; Homie's {@code ready} comes with the announcements} */
    byte[] onlineWord() {
        return (homie ? Homie.INIT : "online").getBytes(UTF_8);
    }

    /** {@return what it says before an orderly end} */
    byte[] offlineWord() {
        return (homie ? Homie.DISCONNECTED : "offline").getBytes(UTF_8);
    }

    byte[] willWord() {
        return (homie ? Homie.LOST : "offline").getBytes(UTF_8);
    }

    /** {@return where Home Assistant says that it was born; empty: nobody is interested} */
    String birthTopic() {
        return assistantPrefix.isEmpty() ? "" : assistant().birthTopic();
    }

    private HomeAssistant assistant() {
        List<String> topics = new ArrayList<>(List.of(availabilityTopic()));
        if (!gatewayStatus.isEmpty()) {
            topics.add(gatewayStatus);
        }
        return new HomeAssistant(assistantPrefix, name, assistantVia, topics, homie ? Homie.AVAILABILITY_TEMPLATE : "");
    }

    /** {@return what it publishes about itself, in this order} */
    List<Announcement> announcements() {
        List<Announcement> all = new ArrayList<>();
        if (assistantPrefix.isEmpty() && !homie) {
            return all;
        }
        List<Channel> channels = new ArrayList<>();
        readings.forEach(reading -> channels.addAll(reading.channels(sleepS * reportEvery)));
        obediences.forEach(obedience -> channels.add(obedience.channel()));
        if (!assistantPrefix.isEmpty() && healthMs > 0) {
            channels.addAll(healthChannels());
        }
        if (!assistantPrefix.isEmpty()) {
            // The whole device in one message is too long for most links that are not MQTT.
            all.addAll(
                    Lines.isMqtt(over)
                            ? List.of(assistant().device(channels))
                            : assistant().components(channels));
        }
        if (homie) {
            channels.removeIf(Channel::isDiagnostic);
            channels.forEach(this::checkForHomie);
            all.addAll(Homie.announcements(name, channels, System.currentTimeMillis() / 1_000));
        }
        return all;
    }

    private void checkForHomie(Channel channel) {
        Homie.checkId(channel.part());
        String expected = prefix + "/" + channel.part() + "/" + channel.key();
        if (!channel.stateTopic().equals(expected)) {
            throw new IllegalArgumentException("Homie wants the topic " + expected + " and payload bare, not "
                    + channel.stateTopic() + "; leave out topic and payload");
        }
    }

    Device add(Reading reading) {
        room();
        unique(reading.name());
        readings.add(reading);
        return this;
    }

    Device add(Obedience obedience) {
        room();
        unique(obedience.name());
        if (obediences.size() == MOST_ACTUATORS) {
            throw new IllegalArgumentException("a device has at most " + MOST_ACTUATORS + " actuators");
        }
        obediences.add(obedience);
        return this;
    }

    private void room() {
        int topics = readings.stream().mapToInt(r -> r.topics().size()).sum() + obediences.size();
        if (readings.size() + obediences.size() == MOST_PARTS || topics > ReadingSink.MAX_TOPICS - 16) {
            throw new IllegalArgumentException(
                    "a device has at most " + MOST_PARTS + " sensors and actuators, and 48 topics");
        }
    }

    private void unique(String part) {
        Set<String> names = new HashSet<>();
        readings.forEach(r -> names.add(r.name()));
        obediences.forEach(o -> names.add(o.name()));
        if (names.contains(part)) {
            throw new IllegalArgumentException("two parts of the device have the name \"" + part + "\"");
        }
    }

    private static int within(String what, long value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ", must be " + min + ".." + max);
        }
        return (int) value;
    }
}

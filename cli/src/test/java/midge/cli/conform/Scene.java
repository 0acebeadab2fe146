package midge.cli.conform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** One run of one case: its weather, its devices, the far side at the broker, and a word that makes its names its own. */
final class Scene implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    /** Opens ways to the gateway. */
    interface Network {
        Wire open() throws IOException;
    }

    /** What all runs have in common. */
    record Setting(FarSide farSide, Breaker breaker, boolean brokerHasRules, Capture capture) {}

    final Mode mode;
    /** Whether the gateway may have reason not to answer a search. */
    final boolean mayInviteNobody;

    final Notation notation;
    private final String tag;
    private final Network network;
    private final Setting setting;
    private final List<Wire> wires = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Mailbox mailbox;
    private boolean forgiving;
    private final long startNs = System.nanoTime();

    /**
     * @param tag what {@code @} stands for, of five characters, of this run alone
     * @param number 1 and up, of this run alone: names its short topic <code>{s}</code> and its pre-defined topic <code>{p}</code>
     */
    Scene(Site site, Mode mode, String tag, int number, Network network, Setting setting) {
        this.mode = mode;
        mayInviteNobody = site == Site.FRAIL;
        this.tag = tag;
        this.network = network;
        this.setting = setting;
        notation = new Notation(tag);
        String shortName = shortName(number);
        notation.name("s", shortName.charAt(0) << 8 | shortName.charAt(1));
        notation.name("p", number);
        mailbox = setting.farSide().mailbox(tag, shortName, predefinedName(number));
    }

    /** {@return a topic name of two characters} */
    static String shortName(int number) {
        int letters = 'z' - 'A' + 1;
        return "" + (char) ('A' + number / letters) + (char) ('A' + number % letters);
    }

    static String predefinedName(int id) {
        return "p/%04d".formatted(id);
    }

    /** {@return the topic of <code>{s}</code>} */
    String shortTopic() {
        int value = notation.value("s");
        return "" + (char) (value >> 8) + (char) (value & 0xFF);
    }

    /** {@return a topic of one character, which no run of the same case in another weather has} */
    String oneOctetTopic() {
        return String.valueOf((char) ('A' + notation.value("p") % ('Z' - 'A' + 1)));
    }

    /** {@return the topic of <code>{p}</code>} */
    String predefinedTopic() {
        return predefinedName(notation.value("p"));
    }

    /** {@return a device with the client id {@code @a}} */
    Device device() {
        return device("@a");
    }

    /** {@return a device of an address of its own} */
    Device device(String id) {
        return device(id, open());
    }

    Device device(String id, Wire wire) {
        Device device = new Device(this, notation.text(id), wire);
        devices.add(device);
        return device;
    }

    /** {@return a forwarder of an address of its own} */
    Forwarder forwarder() {
        return forwarder("00");
    }

    Forwarder forwarder(String ctrl) {
        return new Forwarder(this, open(), (byte) Integer.parseInt(ctrl, 16));
    }

    Wire open() {
        try {
            Wire wire = network.open();
            wires.add(wire);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what is between {@link Site#FRAIL} and the broker} */
    Breaker breaker() {
        return setting.breaker();
    }

    /** For a case that wants the broker to refuse something; skipped where the broker cannot. */
    void needsBrokersRules() {
        Assumptions.assumeTrue(setting.brokerHasRules(), "mosquitto comes without its plugin for dynamic security");
    }

    /** A message from the devices comes to the broker; at QoS 1 and 2 just once, which {@link #leftovers} judges later. */
    void arrives(String topic, int qos, String data) {
        arrives(topic, qos, false, data);
    }

    void arrives(String topic, int qos, boolean retain, String data) {
        Message message = new Message(notation.text(topic), qos, retain, notation.text(data));
        if (!mailbox.await(message, PATIENCE_MS)) {
            throw failure("the broker did not get " + message + " but " + mailbox.leftovers(true));
        }
        log("arrives " + message);
    }

    /** Publishes at the broker; returns when the broker has taken it. */
    void publish(String topic, int qos, String data) {
        publish(topic, qos, false, data);
    }

    void publish(String topic, int qos, boolean retain, String data) {
        Message message = new Message(notation.text(topic), qos, retain, notation.text(data));
        log("publish " + message);
        setting.farSide().publish(message);
    }

    /** Notes a message that is to be good in the eyes of any reader. */
    void capture(boolean up, byte[] message) {
        setting.capture().message(up, message);
    }

    /** Lets time pass, where it is the time that matters. */
    void pass(int ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        log("        " + ms + " ms pass");
    }

    /** Whatever came to the broker does not matter: the case sends more than it counts. */
    void forgiveLeftovers() {
        forgiving = true;
    }

    synchronized void log(String line) {
        log.add(String.format("%6d ms  %s", (System.nanoTime() - startNs) / 1_000_000, line));
    }

    synchronized AssertionError failure(String what) {
        return new AssertionError(what + "\n" + String.join("\n", log));
    }

    void end() {
        devices.forEach(Device::end);
    }

    /**
     * {@return messages that came to the broker and were not expected; to be asked for when all is over. At QoS 0 a datagram that came
     * twice is two messages}
     */
    List<Message> leftovers() {
        return forgiving ? List.of() : mailbox.leftovers(mode != Mode.DUPLICATED);
    }

    @Override
    public String toString() {
        return tag + " " + mode.words;
    }

    @Override
    public void close() {
        wires.forEach(Wire::close);
    }
}

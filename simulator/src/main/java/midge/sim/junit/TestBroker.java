package midge.sim.junit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import midge.sim.World;
import midge.sim.stream.Application;
import midge.sim.stream.BrokerNode;
import midge.topic.TopicFilter;
import org.jspecify.annotations.Nullable;

/** The broker of a test's world, with what arrived at it. */
public final class TestBroker {
    private static final String TEST = "midge-test";

    private final World world;
    private final BrokerNode node;
    private final List<BrokerMessage> messages = new ArrayList<>();
    private @Nullable Application application;

    TestBroker(World world, BrokerNode node) {
        this.world = world;
        this.node = node;
        node.broker().observe(this::onPublish);
    }

    private void onPublish(String client, byte[] topic, byte[] payload, int qos, boolean retain, long nowMs) {
        if (!client.equals(TEST)) {
            String name = new String(topic, StandardCharsets.UTF_8);
            String text = new String(payload, StandardCharsets.UTF_8);
            messages.add(new BrokerMessage(client, name, text, qos, retain, nowMs));
        }
    }

    /** {@return everything that devices published, oldest first} */
    public List<BrokerMessage> messages() {
        return List.copyOf(messages);
    }

    /** {@return what devices published on the topics of a filter, such as {@code cellar/+} or {@code #}} */
    public List<BrokerMessage> messages(String filter) {
        byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
        return messages.stream()
                .filter(message -> fits(octets, message.topic().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static boolean fits(byte[] filter, byte[] topic) {
        return TopicFilter.matches(filter, 0, filter.length, topic, 0, topic.length);
    }

    /** {@return their payloads} */
    public List<String> payloads(String filter) {
        return messages(filter).stream().map(BrokerMessage::payload).toList();
    }

    /** {@return the payload of the last one, null when there is none} */
    public @Nullable String last(String filter) {
        List<String> payloads = payloads(filter);
        return payloads.isEmpty() ? null : payloads.get(payloads.size() - 1);
    }

    /** Publishes at QoS 1 as an application does, as soon as the broker is there; time has to pass for it. */
    public void publish(String topic, String payload) {
        if (application == null) {
            application = new Application(world, node, TEST);
        }
        application.publish(new Application.Publication(topic, payload, 1));
    }

    /** Takes the broker away: its connections break, its sessions stay. */
    public void stop() {
        node.stop();
    }

    /** Brings it back. */
    public void start() {
        node.start();
    }

    /** Takes it away now and brings it back after some time. */
    public void restart(Duration away) {
        stop();
        world.after(away.toMillis(), node::start);
    }

    /** {@return the broker in the world, for its counters and the faults of its connections} */
    public BrokerNode node() {
        return node;
    }
}

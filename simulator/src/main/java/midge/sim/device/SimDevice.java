package midge.sim.device;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import midge.hal.Clock;
import midge.hal.sense.Actuator;
import midge.hal.sense.Sensor;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.CommandTask;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkTask;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.Outcome;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.RamOutbox;
import midge.runtime.task.ReadingListener;
import midge.runtime.task.ReadingSink;
import midge.runtime.task.SamplingConfig;
import midge.runtime.task.SamplingTask;
import midge.runtime.task.SleepConfig;
import midge.runtime.task.SleepTask;
import midge.runtime.task.SnUplink;
import midge.sim.NodeClock;
import midge.sim.SimNode;
import midge.sim.World;
import midge.sim.net.SimLink;
import midge.sim.net.SimNetwork;
import midge.wire.Prng;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * One virtual device: the runtime, client and drivers that run on a board, over virtual chips and a simulated radio. First it is told
 * what it has ({@link #senses}, {@link #obeys}, {@link #sleeps}), then it is switched on.
 */
public final class SimDevice {
    private static final int RETRY_MS = 600;
    /** High enough for a radio that loses half of its frames. */
    private static final int RETRIES = 10;

    /** How long a gateway that says "congestion", as it does while its broker is away, is left alone. */
    private static final int WAIT_MS = 2_000;

    private static final int KEEP_ALIVE_S = 20;
    private static final int OUTBOX_MESSAGES = 32;
    private static final int PAYLOAD_OCTETS = 24;
    private static final int DRAIN_MS = 10;
    private static final int TASKS = 8;

    /** A topic of the device. {@code held} tells what is at the chip, in the unit of its quantity. */
    private record Channel(String topic, IntSupplier held, int qos) {}

    private record Sensing(Sensor sensor, int periodMs, int heartbeatMs, int firstTopic, int qos) {}

    private final String name;
    private final Ledger ledger;
    private final Prng prng;
    private final SimLink radio;
    private final NodeClock clock;
    private final World world;
    private final DeviceRuntime runtime = new DeviceRuntime(TASKS);
    private final PublishTopics.Builder topics = new PublishTopics.Builder();
    private final LinkConfig.Builder linkOptions = new LinkConfig.Builder();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Sensing> sensings = new ArrayList<>();
    private final List<CommandTask> commands = new ArrayList<>();
    private final Book book = new Book();
    private final Gate gate = new Gate();
    private int sleepS;
    private @Nullable Parts parts;

    /** What exists only once the device is switched on. */
    private record Parts(LinkTask link, OutboxTask outbox, SimNode node) {}

    /**
     * A device without anything on it.
     *
     * @param gatewayNode the gateway's number on the network; -1 when it has to search
     * @param ledger      where its readings are entered
     */
    public SimDevice(String name, World world, SimNetwork network, int gatewayNode, Ledger ledger) {
        this.name = name;
        this.world = world;
        this.ledger = ledger;
        prng = world.prng("device/" + name);
        radio = network.device(name, gatewayNode);
        clock = new NodeClock(world);
    }

    /** {@return the clock that its chips live by} */
    public Clock clock() {
        return clock;
    }

    /** {@return its name, also part of its topics} */
    public String name() {
        return name;
    }

    /**
     * Adds a sensor.
     *
     * @param periodMs time between two readings; a sleeper reads each time that it wakes
     * @param heartbeatMs 0 to publish every reading; otherwise changes only, and so often without one
     * @param values topic, for each of the sensor's values in its order
     * @param held what the chip holds, likewise
     */
    public SimDevice senses(
            Sensor sensor, int periodMs, int heartbeatMs, int qos, List<String> values, List<IntSupplier> held) {
        int first = channels.size();
        for (int i = 0; i < values.size(); i++) {
            addChannel(values.get(i), held.get(i), qos);
        }
        sensings.add(new Sensing(sensor, periodMs, heartbeatMs, first, qos));
        return this;
    }

    /** Adds an actuator that obeys {@code …/value/set} and tells its state on {@code …/value}. */
    public SimDevice obeys(Actuator actuator, String value, int qos, IntSupplier held) {
        int topic = addChannel(value, held, qos);
        CommandTask task = new CommandTask(runtime, actuator, gate, book, topic, qos);
        commands.add(task);
        linkOptions.subscribe(channels.get(topic).topic() + "/set", 1);
        return this;
    }

    /** Makes it a sleeper that wakes every {@code seconds}. */
    public SimDevice sleeps(int seconds) {
        sleepS = seconds;
        return this;
    }

    private int addChannel(String value, IntSupplier held, int qos) {
        String topic = "midge/" + name + "/" + value;
        channels.add(new Channel(topic, held, qos));
        return topics.add(topic, false);
    }

    /** Switches the device on. */
    public void start(long atMs) {
        SnClientConfig client = SnClientConfig.builder("midge-" + name)
                .retryMs(RETRY_MS)
                .retries(RETRIES)
                .waitMs(WAIT_MS)
                .keepAliveS(KEEP_ALIVE_S)
                .frameOctetsMax(radio.mtu())
                .topicOctets(256)
                .build();
        LinkTask link = new LinkTask(
                runtime, linkOptions.backoff(500, 5_000).startSpreadMs(200).build(), client, radio, prng);
        OutboxTask outbox = new OutboxTask(
                runtime,
                new RamOutbox(OUTBOX_MESSAGES, PAYLOAD_OCTETS),
                new SnUplink(link, topics.build()),
                book,
                DRAIN_MS);
        link.reportTo(outbox);
        for (int i = 0; i < commands.size(); i++) {
            CommandTask task = commands.get(i);
            link.deliverTo(
                    i,
                    (t, to, tl, payload, offset, length, retained, nowMs) -> task.onCommand(payload, offset, length));
        }
        gate.outbox = outbox;
        List<SamplingTask> sampling = new ArrayList<>();
        for (Sensing sensing : sensings) {
            sampling.add(new SamplingTask(config(sensing), sensing.sensor(), gate, book, prng));
        }
        sampling.forEach(runtime::add);
        commands.forEach(runtime::add);
        runtime.add(outbox);
        runtime.addPolling(link);
        if (sleepS > 0) {
            SleepConfig config = new SleepConfig.Builder().sleepS(sleepS).build();
            runtime.add(new SleepTask(runtime, config, link, outbox, sampling.toArray(new SamplingTask[0])));
        }
        SimNode node = new SimNode(world, clock, runtime::turn);
        radio.setListener(node::wake);
        parts = new Parts(link, outbox, node);
        node.start(atMs);
    }

    private SamplingConfig config(Sensing sensing) {
        SamplingConfig.Builder config = new SamplingConfig.Builder()
                .periodMs(sleepS > 0 ? 0 : sensing.periodMs())
                .jitterPercent(10)
                .qos(sensing.qos())
                .payloadCapacity(PAYLOAD_OCTETS);
        for (int i = 0; i < sensing.sensor().valueCount(); i++) {
            config.topic(i, sensing.firstTopic() + i);
            if (sensing.heartbeatMs() > 0) {
                config.deadband(i, 0).maxSilenceMs(sensing.heartbeatMs());
            }
        }
        return config.build();
    }

    /** Publishes no more new readings; what was taken on is still delivered. */
    public void quiet() {
        gate.closed = true;
    }

    /** {@return whether nothing waits to be delivered} */
    public boolean isIdle() {
        return parts == null || parts.outbox().empty();
    }

    /** Says goodbye to the gateway. */
    public void disconnect() {
        if (parts != null) {
            parts.link().stop();
            runtime.wakeAll();
            parts.node().wake();
        }
    }

    /** {@return whether the gateway counts it as connected, awake or asleep} */
    public boolean isConnected() {
        return parts != null && parts.link().connected();
    }

    /** {@return frames sent again because no answer came} */
    public int retransmissions() {
        return parts == null ? 0 : parts.link().client().counters().retransmissions();
    }

    /** Stands before the outbox and can be closed. */
    private static final class Gate implements ReadingSink {
        private @Nullable OutboxTask outbox;
        private boolean closed;

        @Override
        public int accept(int topic, byte[] payload, int offset, int length, int qos, long nowMs) {
            return closed || outbox == null ? Status.BUSY : outbox.accept(topic, payload, offset, length, qos, nowMs);
        }
    }

    /** Enters each reading and its end into the ledger. */
    private final class Book implements ReadingListener {
        private final Map<Integer, Integer> heldWhenSampled = new HashMap<>();
        private final Map<Integer, Ledger.Reading> open = new HashMap<>();

        @Override
        public void onSampled(int topic, int quantity, int value, long nowMs) {
            heldWhenSampled.put(topic, channels.get(topic).held().getAsInt());
        }

        @Override
        public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {
            Channel channel = channels.get(topic);
            Integer held = heldWhenSampled.remove(topic);
            String text = new String(payload, offset, length, StandardCharsets.US_ASCII);
            int at = held == null ? channel.held().getAsInt() : held;
            open.put(token, ledger.sent(name, channel.topic(), at, text, channel.qos()));
        }

        @Override
        public void onRefused(int topic, int status, long nowMs) {
            heldWhenSampled.remove(topic);
        }

        @Override
        public void onOutcome(int token, int status, long nowMs) {
            Ledger.Reading reading = open.remove(token);
            if (reading != null) {
                ledger.outcome(reading, status == Outcome.DELIVERED);
            }
        }

        @Override
        public void onSensorFailed(int topic, int code, long nowMs) {}
    }
}

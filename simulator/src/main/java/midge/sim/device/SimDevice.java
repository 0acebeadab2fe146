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
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.CommandTask;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkTask;
import midge.runtime.task.Outbox;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.Outcome;
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
import midge.sim.net.LinkCounters;
import midge.sim.net.SimLink;
import midge.sim.net.SimNetwork;
import midge.sim.store.DeviceFlash;
import midge.sim.store.PowerSupply;
import midge.wire.Prng;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * One virtual device: the runtime, client and drivers that run on a board, over virtual chips and a simulated radio. First it is told
 * what it has ({@link #senses}, {@link #obeys}, {@link #sleeps}), then it is switched on. Its power may be cut and come back.
 */
public final class SimDevice {
    private static final int DRAIN_MS = 10;
    private static final int SPARE_TASKS = 3;
    /** Octets and other steps until a tear: in one of the next records, or while they are written anew. */
    private static final int TEAR_MOST = 200;

    private final String name;
    private final DeviceOptions options;
    private final Ledger ledger;
    private final Prng prng;
    private final SimLink radio;
    private final NodeClock clock;
    private final World world;
    private final Fittings fittings;
    private final LinkConfig.Builder linkOptions = new LinkConfig.Builder();
    private final @Nullable DeviceFlash flash;
    /** Readings of which it does not know yet what becomes of them, by token. On flash they outlive its power. */
    private final Map<Integer, Ledger.Reading> open = new HashMap<>();

    private long backAfterTearMs;
    private int tornWrites;
    private int sleepS;
    private boolean quiet;
    private int powerCuts;
    private int formerRetransmissions;
    private int formerLosses;
    private int sensorFailures;
    private long awakeMs;
    private long poweredMs;
    private @Nullable Life life;

    /** As the other, with the options' defaults. */
    public SimDevice(String name, World world, SimNetwork network, int gatewayNode, Ledger ledger) {
        this(name, new DeviceOptions(), world, network, gatewayNode, ledger);
    }

    /**
     * A device without anything on it.
     *
     * @param gatewayNode the gateway's number on the network; -1 when it has to search
     * @param ledger      where its readings are entered
     */
    public SimDevice(
            String name, DeviceOptions options, World world, SimNetwork network, int gatewayNode, Ledger ledger) {
        this.name = name;
        this.options = options;
        this.world = world;
        this.ledger = ledger;
        fittings = new Fittings(options.topicPrefix + name + "/");
        prng = world.prng("device/" + name);
        radio = network.device(name, gatewayNode);
        clock = new NodeClock(world, world.nowMs(), options.driftPpm);
        flash = options.flashOctets == 0
                ? null
                : new DeviceFlash(options.outboxMessages, options.payloadOctets, options.flashOctets);
    }

    /** {@return the clock that its chips live by} */
    public Clock clock() {
        return clock;
    }

    /** {@return its name, also part of its topics} */
    public String name() {
        return name;
    }

    /** {@return its number on the network} */
    public int node() {
        return radio.node();
    }

    /** {@return the topics on which it publishes, in the order in which they were added} */
    public List<String> topics() {
        return fittings.topics();
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
        fittings.addSensor(sensor, periodMs, heartbeatMs, qos, values, held);
        return this;
    }

    /** Adds an actuator that obeys {@code …/value/set} and tells its state on {@code …/value}. */
    public SimDevice obeys(Actuator actuator, String value, int qos, IntSupplier held) {
        linkOptions.subscribe(fittings.addActuator(actuator, value, qos, held) + "/set", 1);
        return this;
    }

    /** Makes it a sleeper that wakes every {@code seconds}. */
    public SimDevice sleeps(int seconds) {
        sleepS = seconds;
        return this;
    }

    /** Switches the device on, for the first time or after {@link #cutPower}. Does nothing when it is on. */
    public void start(long atMs) {
        if (life == null) {
            life = new Life(
                    flash == null ? new RamOutbox(options.outboxMessages, options.payloadOctets) : flash.open(), atMs);
        }
    }

    /**
     * Lets its power end in the middle of a write to its flash. Does nothing when it is off or has no flash.
     *
     * @param withinMs afterwards, if there was no write, the power lasts after all
     * @param offMs    how long the power is away
     */
    public void tearWrite(long withinMs, long offMs) {
        DeviceFlash kept = flash;
        if (life != null && kept != null) {
            backAfterTearMs = offMs;
            kept.tear(prng.below(TEAR_MOST));
            world.after(withinMs, kept::spare);
        }
    }

    private long torn() {
        tornWrites++;
        cutPower();
        world.after(backAfterTearMs, () -> start(world.nowMs()));
        return World.NEVER;
    }

    /** Cuts its power: what is in RAM is lost, and the readings that wait there. What flash has made durable stays. */
    public void cutPower() {
        Life ended = life;
        if (ended == null) {
            return;
        }
        powerCuts++;
        awakeMs = awakeMs();
        poweredMs = poweredMs();
        formerRetransmissions = retransmissions();
        formerLosses = connectionsLost();
        ended.node.stop();
        radio.setListener(() -> {});
        radio.clear();
        life = null;
        forget();
    }

    private void forget() {
        DeviceFlash kept = flash;
        if (kept == null) {
            open.values().forEach(ledger::forgotten);
            open.clear();
            return;
        }
        kept.cut(prng);
        Ledger.Reading leaving = open.remove(kept.leaving());
        if (leaving != null) {
            ledger.forgotten(leaving);
        }
    }

    /** {@return whether it has power} */
    public boolean isOn() {
        return life != null;
    }

    /** Lets its clock leap by {@code byMs}, 0 or above, as after a deep sleep. */
    public void leap(long byMs) {
        clock.leap(byMs);
        wake();
    }

    private void wake() {
        if (life != null) {
            life.runtime.wakeAll();
            life.node.wake();
        }
    }

    /** Publishes no more new readings; what was taken on is still delivered. */
    public void quiet() {
        quiet = true;
    }

    /** {@return whether nothing waits to be delivered} */
    public boolean isIdle() {
        return life == null || life.outbox.empty();
    }

    /** {@return messages that wait in its outbox} */
    public int waiting() {
        return life == null ? 0 : life.outbox.depth();
    }

    /** Says goodbye to the gateway. */
    public void disconnect() {
        if (life != null) {
            life.link.stop();
            wake();
        }
    }

    /** {@return whether the gateway counts it as connected, awake or asleep} */
    public boolean isConnected() {
        return life != null && life.link.connected();
    }

    /** {@return frames sent again because no answer came, since the device was made} */
    public int retransmissions() {
        return formerRetransmissions
                + (life == null ? 0 : life.link.client().counters().retransmissions());
    }

    /** {@return how often it lost its gateway} */
    public int connectionsLost() {
        return formerLosses + (life == null ? 0 : life.link.losses());
    }

    /** {@return how often its power was cut} */
    public int powerCuts() {
        return powerCuts;
    }

    /** {@return how often that was in the middle of a write to its flash} */
    public int tornWrites() {
        return tornWrites;
    }

    /** {@return measurements that failed} */
    public int sensorFailures() {
        return sensorFailures;
    }

    /** {@return how long its radio and processor were on: all the time that it has power, but when it sleeps, ms of the world} */
    public long awakeMs() {
        return awakeMs + (life == null || life.asleep ? 0 : Math.max(0, world.nowMs() - life.sinceMs));
    }

    /** {@return how long it has had power, ms of the world} */
    public long poweredMs() {
        return poweredMs + (life == null ? 0 : Math.max(0, world.nowMs() - life.bornMs));
    }

    /** {@return what it did on the radio} */
    public LinkCounters radio() {
        return radio.counters();
    }

    /** What is there between power on and power off. */
    private final class Life implements ReadingSink, ReadingListener {
        final DeviceRuntime runtime = new DeviceRuntime(
                fittings.sensings().size() + fittings.obeyings().size() + SPARE_TASKS);
        final Map<Integer, Integer> heldWhenSampled = new HashMap<>();
        final LinkTask link;
        final OutboxTask outbox;
        final SimNode node;
        final long bornMs;
        boolean asleep;
        long sinceMs;

        Life(Outbox messages, long atMs) {
            link = new LinkTask(
                    runtime,
                    linkOptions
                            .backoff(500, options.backoffMsMax)
                            .startSpreadMs(200)
                            .build(),
                    client(),
                    radio,
                    prng);
            outbox = new OutboxTask(runtime, messages, new SnUplink(link, fittings.publishTopics()), this, DRAIN_MS);
            link.reportTo(outbox);
            List<SamplingTask> sampling = new ArrayList<>();
            for (Fittings.Sensing sensing : fittings.sensings()) {
                SamplingTask task = new SamplingTask(config(sensing), sensing.sensor(), this, this, prng);
                sampling.add(task);
                runtime.add(task);
            }
            for (int i = 0; i < fittings.obeyings().size(); i++) {
                obey(i, fittings.obeyings().get(i));
            }
            runtime.add(outbox);
            runtime.addPolling(link);
            if (sleepS > 0) {
                SleepConfig config = new SleepConfig.Builder().sleepS(sleepS).build();
                runtime.add(new SleepTask(runtime, config, link, outbox, sampling.toArray(new SamplingTask[0])));
            }
            node = new SimNode(world, clock, this::turn);
            radio.setListener(node::wake);
            bornMs = Math.max(atMs, world.nowMs());
            sinceMs = bornMs;
            node.start(atMs);
        }

        private long turn(long nowMs) {
            if (!asleep) {
                awakeMs += world.nowMs() - sinceMs;
            }
            sinceMs = world.nowMs();
            try {
                long nextMs = runtime.turn(nowMs);
                asleep = link.client().state() == SnClient.ASLEEP;
                return nextMs;
            } catch (PowerSupply.Cut cut) {
                return torn();
            }
        }

        private void obey(int subscription, Fittings.Obeying obeying) {
            CommandTask task = new CommandTask(runtime, obeying.actuator(), this, this, obeying.topic(), obeying.qos());
            runtime.add(task);
            link.deliverTo(
                    subscription,
                    (t, to, tl, payload, offset, length, retained, nowMs) -> task.onCommand(payload, offset, length));
        }

        private SnClientConfig client() {
            return SnClientConfig.builder("midge-" + name)
                    .cleanSession(options.cleanSession)
                    .retryMs(options.retryMs)
                    .retries(options.retries)
                    .waitMs(options.waitMs)
                    .keepAliveS(options.keepAliveS)
                    .frameOctetsMax(Math.min(radio.mtu(), options.frameOctetsMax))
                    .topicOctets(256)
                    .build();
        }

        private SamplingConfig config(Fittings.Sensing sensing) {
            SamplingConfig.Builder config = new SamplingConfig.Builder()
                    .periodMs(sleepS > 0 ? 0 : sensing.periodMs())
                    .jitterPercent(10)
                    .qos(sensing.qos())
                    .payloadCapacity(options.payloadOctets);
            for (int i = 0; i < sensing.sensor().valueCount(); i++) {
                config.topic(i, sensing.firstTopic() + i);
                if (sensing.heartbeatMs() > 0) {
                    config.deadband(i, 0).maxSilenceMs(sensing.heartbeatMs());
                }
            }
            return config.build();
        }

        @Override
        public int accept(int topic, byte[] payload, int offset, int length, int qos, long nowMs) {
            if (quiet) {
                return Status.BUSY;
            }
            try {
                return outbox.accept(topic, payload, offset, length, qos, nowMs);
            } catch (PowerSupply.Cut cut) {
                ledger.forgotten(taken(topic, payload, offset, length)); // it may be on flash, and may not
                throw cut;
            }
        }

        private Ledger.Reading taken(int topic, byte[] payload, int offset, int length) {
            Fittings.Channel channel = fittings.channel(topic);
            Integer held = heldWhenSampled.remove(topic);
            String text = new String(payload, offset, length, StandardCharsets.US_ASCII);
            int at = held == null ? channel.held().getAsInt() : held;
            return ledger.sent(name, channel.topic(), at, text, channel.qos());
        }

        @Override
        public void onSampled(int topic, int quantity, int value, long nowMs) {
            heldWhenSampled.put(topic, fittings.channel(topic).held().getAsInt());
        }

        @Override
        public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {
            open.put(token, taken(topic, payload, offset, length));
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
        public void onSensorFailed(int topic, int code, long nowMs) {
            sensorFailures++;
        }
    }
}

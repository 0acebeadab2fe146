package midge.sim.swarm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkTask;
import midge.runtime.task.Outbox;
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
import midge.sim.check.DeviceFacts;
import midge.sim.check.Reading;
import midge.sim.net.SimLink;
import midge.sim.store.DeviceFlash;
import midge.sim.store.PowerSupply;
import midge.wire.Prng;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** One device of a swarm: the runtime and client of a board, a sensor that counts, and ears for commands. It may lose its power. */
final class SwarmDevice extends DeviceFacts {
    private static final int OUTBOX = 24;
    private static final int PAYLOAD_OCTETS = 16;
    /** Little more than a full outbox takes, so that it is written anew often. */
    private static final int FLASH_OCTETS = 1_600;

    private static final int TASKS = 8;
    private static final int DRAIN_MS = 20;

    private final int index;
    private final SwarmOptions.Device nature;
    private final SwarmRun run;
    private final World world;
    private final SimLink radio;
    private final NodeClock clock;
    private final CountingSensor sensor;
    private final Prng prng;
    private final List<String> topics = new ArrayList<>();
    private final @Nullable DeviceFlash flash;
    /** Readings of which it does not know yet what becomes of them, by token. On flash they outlive its power. */
    private final Map<Integer, Reading> open = new HashMap<>();

    private @Nullable Life life;
    private boolean quiet;
    private boolean subscribed;
    private int crashes;
    private int formerLosses;
    private int sequence;

    SwarmDevice(int index, SwarmOptions.Device nature, SwarmRun run, SimLink radio) {
        super(name(index), radio.node());
        this.index = index;
        this.nature = nature;
        this.run = run;
        this.radio = radio;
        world = run.world();
        clock = new NodeClock(world, world.nowMs() + 1_000L * index, nature.driftPpm());
        sensor = new CountingSensor(index);
        prng = world.prng("device/" + name());
        flash = nature.flash() ? new DeviceFlash(OUTBOX, PAYLOAD_OCTETS, FLASH_OCTETS) : null;
        for (int i = 0; i < CountingSensor.VALUES; i++) {
            topics.add(topic(index, nature, "up", i));
        }
    }

    static String name(int index) {
        return "d" + index;
    }

    /** {@return the ids of a device's topics that are known beforehand, with their names} */
    static Map<Integer, String> predefined(int index, SwarmOptions.Device nature) {
        Map<Integer, String> ids = new HashMap<>();
        if (nature.naming() == SwarmOptions.Naming.PREDEFINED) {
            for (int i = 0; i < CountingSensor.VALUES; i++) {
                ids.put(1 + 10 * index + i, topic(index, nature, "up", i));
                ids.put(5 + 10 * index + i, topic(index, nature, "down", i));
            }
        }
        return ids;
    }

    /** {@return where value {@code i} goes, or commands of kind {@code i} come from} */
    private static String topic(int index, SwarmOptions.Device nature, String direction, int i) {
        String letter = String.valueOf((char) ((direction.equals("up") ? 'a' : 'x') + i));
        return nature.naming() == SwarmOptions.Naming.SHORT
                ? index + letter
                : direction + "/" + name(index) + "/" + letter;
    }

    /** {@return the topics on which it hears commands} */
    List<String> commandTopics() {
        return List.of(topic(index, nature, "down", 0), topic(index, nature, "down", 1));
    }

    /** Switches it on, for the first time or again. */
    void boot(long atMs) {
        DeviceFlash kept = flash;
        Outbox outbox = kept == null ? new RamOutbox(OUTBOX, PAYLOAD_OCTETS) : kept.open();
        if (kept != null && crashes > 0) {
            run.onRestarted(this, payloads(outbox));
        }
        life = new Life(outbox, atMs);
    }

    private static List<String> payloads(Outbox outbox) {
        List<String> payloads = new ArrayList<>();
        byte[] room = new byte[PAYLOAD_OCTETS];
        for (int i = 0; i < outbox.depth(); i++) {
            payloads.add(text(room, 0, outbox.payload(i, room, 0, room.length)));
        }
        return payloads;
    }

    /** {@return its flash, null when its outbox is in RAM} */
    @Nullable
    DeviceFlash flash() {
        return flash;
    }

    /** Lets its power end in the middle of a write to its flash, if it has one. */
    void tear(int afterSteps) {
        if (flash != null) {
            flash.tear(afterSteps);
        }
    }

    /** Takes {@link #tear} back. */
    void spare() {
        if (flash != null) {
            flash.spare();
        }
    }

    /** Cuts its power: RAM is lost, and the readings in it. Flash loses what had not been made durable. */
    void cutPower() {
        Life ended = life;
        if (ended == null) {
            return;
        }
        crashes++;
        formerLosses += ended.link.losses();
        ended.node.stop();
        radio.clear();
        life = null;
        DeviceFlash kept = flash;
        if (kept == null) {
            open.values().forEach(this::forget);
            open.clear();
            return;
        }
        kept.cut(prng);
        Reading leaving = open.remove(kept.leaving());
        if (leaving != null) {
            forget(leaving);
        }
    }

    private void forget(Reading reading) {
        reading.setState(Reading.State.FORGOTTEN);
        run.onOutcome(reading);
    }

    /** {@return whether its subscriptions were granted once, so that the broker has a session for it} */
    boolean wasSubscribed() {
        subscribed |= life != null && life.link.subscribed();
        return subscribed;
    }

    /** {@return whether it has power} */
    boolean isOn() {
        return life != null;
    }

    void leap(int byMs) {
        clock.leap(byMs);
        Life now = life;
        if (now != null) {
            now.runtime.wakeAll();
            now.node.wake();
        }
    }

    /** Publishes no more new readings; what was taken is still delivered. */
    void quiet() {
        quiet = true;
    }

    @Override
    public boolean clean() {
        return nature.clean();
    }

    @Override
    public boolean connected() {
        return life != null && life.link.connected();
    }

    @Override
    public int waiting() {
        return life == null ? 0 : life.outbox.depth();
    }

    @Override
    public int outboxCapacity() {
        return OUTBOX;
    }

    @Override
    public boolean keepsReadings() {
        return flash != null;
    }

    @Override
    public int crashes() {
        return crashes;
    }

    @Override
    public int losses() {
        return formerLosses + (life == null ? 0 : life.link.losses());
    }

    /** What is there between power on and power off. */
    private final class Life implements ReadingSink, ReadingListener {
        final DeviceRuntime runtime = new DeviceRuntime(TASKS);
        final LinkTask link;
        final OutboxTask outbox;
        final SimNode node;

        Life(Outbox messages, long atMs) {
            link = new LinkTask(runtime, linkConfig(), clientConfig(), radio, prng);
            PublishTopics.Builder names = new PublishTopics.Builder();
            topics.forEach(topic -> names.add(topic, false));
            outbox = new OutboxTask(runtime, messages, new SnUplink(link, names.build()), this, DRAIN_MS);
            link.reportTo(outbox);
            listen();
            SamplingTask sampling = new SamplingTask(samplingConfig(), sensor, this, this, prng);
            runtime.add(sampling);
            runtime.add(outbox);
            runtime.addPolling(link);
            if (nature.sleepS() > 0) {
                SleepConfig config =
                        new SleepConfig.Builder().sleepS(nature.sleepS()).build();
                runtime.add(new SleepTask(runtime, config, link, outbox, new SamplingTask[] {sampling}));
            }
            node = new SimNode(world, clock, this::turn);
            radio.setListener(node::wake);
            node.start(atMs);
        }

        private long turn(long nowMs) {
            try {
                return runtime.turn(nowMs);
            } catch (PowerSupply.Cut cut) {
                run.onTorn(SwarmDevice.this);
                return World.NEVER;
            }
        }

        private LinkConfig linkConfig() {
            LinkConfig.Builder config =
                    new LinkConfig.Builder().backoff(500, 5_000).startSpreadMs(500);
            if (nature.wildcard() && nature.naming() != SwarmOptions.Naming.SHORT) {
                return config.subscribe("down/" + name() + "/+", 2).build();
            }
            commandTopics().forEach(topic -> config.subscribe(topic, 2));
            return config.build();
        }

        private SnClientConfig clientConfig() {
            SnClientConfig.Builder config = SnClientConfig.builder(name())
                    .cleanSession(nature.clean())
                    .retryMs(1_000)
                    .retries(5)
                    .waitMs(2_000)
                    .keepAliveS(20)
                    .frameOctetsMax(Math.min(radio.mtu(), 128));
            predefined(index, nature).forEach(config::predefined);
            return config.build();
        }

        private SamplingConfig samplingConfig() {
            SamplingConfig.Builder config = new SamplingConfig.Builder()
                    .periodMs(nature.sleepS() > 0 ? 0 : nature.periodMs())
                    .qos(nature.qos())
                    .payloadCapacity(PAYLOAD_OCTETS);
            for (int i = 0; i < topics.size(); i++) {
                config.topic(i, i);
            }
            return config.build();
        }

        private void listen() {
            int subscriptions = nature.wildcard() && nature.naming() != SwarmOptions.Naming.SHORT ? 1 : 2;
            for (int i = 0; i < subscriptions; i++) {
                link.deliverTo(
                        i,
                        (topic, to, tl, payload, offset, length, retained, nowMs) ->
                                run.onHeard(SwarmDevice.this, text(topic, to, tl), text(payload, offset, length)));
            }
        }

        @Override
        public int accept(int topic, byte[] payload, int offset, int length, int qos, long nowMs) {
            if (quiet) {
                return Status.BUSY;
            }
            try {
                return outbox.accept(topic, payload, offset, length, qos, nowMs);
            } catch (PowerSupply.Cut cut) {
                forget(taken(topic, text(payload, offset, length))); // it may be on flash, and may not
                throw cut;
            }
        }

        private Reading taken(int topic, String text) {
            Reading reading = new Reading(SwarmDevice.this, topics.get(topic), text, nature.qos(), sequence++);
            run.onPublished(text, reading);
            return reading;
        }

        @Override
        public void onSampled(int topic, int quantity, int value, long nowMs) {}

        @Override
        public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {
            open.put(token, taken(topic, text(payload, offset, length)));
        }

        @Override
        public void onRefused(int topic, int status, long nowMs) {}

        @Override
        public void onOutcome(int token, int status, long nowMs) {
            Reading reading = open.remove(token);
            if (reading != null) {
                reading.setState(status == Outcome.DELIVERED ? Reading.State.DELIVERED : Reading.State.GIVEN_UP);
                run.onOutcome(reading);
            }
        }

        @Override
        public void onSensorFailed(int topic, int code, long nowMs) {
            throw new IllegalStateException("a counter cannot fail");
        }
    }

    private static String text(byte[] octets, int offset, int length) {
        return new String(octets, offset, length, StandardCharsets.UTF_8);
    }
}

package midge.board;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import midge.board.jvm.FileStorage;
import midge.board.jvm.SelectorIdle;
import midge.runtime.DeviceRuntime;
import midge.runtime.store.DeviceJournal;
import midge.runtime.task.CommandTask;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.Outbox;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.RamOutbox;
import midge.runtime.task.SamplingTask;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/**
 * A device at work: the strict objects of {@code midge.runtime} that a {@link Device} described, and their loop. Used by one thread;
 * only {@link #wake} may be called by others.
 */
public final class DeviceLoop implements AutoCloseable {
    private static final int MOST_TASKS = 32;
    /** PUBLISH around topic and payload, with room to spare. */
    private static final int FRAMING_OCTETS = 32;
    /** What one waiting message takes on storage besides its payload. */
    private static final int RECORD_OCTETS = 45;
    /** Longest time for the last messages and the goodbye. */
    private static final int GOODBYE_MS = 3_000;

    private final Device device;
    private final SelectorIdle idle;
    private final DeviceRuntime runtime = new DeviceRuntime(MOST_TASKS);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<SamplingTask> sampling = new ArrayList<>();
    private final Line line;
    private final OutboxTask outbox;
    private boolean wasConnected;
    private String toldTrouble = "";

    DeviceLoop(Device device) throws IOException {
        this.device = device;
        idle = new SelectorIdle(device.clock);
        boolean done = false;
        try {
            List<String> names = new ArrayList<>();
            PublishTopics topics = topics(names);
            int packetOctets = packetOctets(names);
            DeviceJournal journal = device.outboxFolder == null ? null : journal(device.outboxFolder, packetOctets);
            Prng prng = new Prng(new SecureRandom().nextLong());
            line = line(names, journal, packetOctets, prng);
            opened.add(line);
            if (journal != null && line instanceof MqttLine mqtt) {
                told("restoring the outbox", mqtt.restore(journal, topics, device.mqttVersion));
            }
            Outbox store =
                    journal == null ? new RamOutbox(device.outboxMessages, Device.PAYLOAD_OCTETS) : journal.outbox();
            Map<Integer, Reading> byTopic = new HashMap<>();
            Troubles troubles = new Troubles(names, byTopic, device.says, device.verbose);
            outbox = new OutboxTask(runtime, store, line.uplink(topics), troubles, device.drainMs);
            line.reportTo(outbox);
            addTasks(byTopic, troubles, prng);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void told(String doing, int status) {
        if (status < 0) {
            device.says.accept(doing + " failed in part (status " + status + "); the rest goes on");
        }
    }

    private PublishTopics topics(List<String> names) {
        PublishTopics.Builder topics = new PublishTopics.Builder();
        for (Reading reading : device.readings) {
            for (String topic : reading.topics()) {
                topics.add(utf8(topic), reading.isRetained());
                names.add(topic);
            }
        }
        for (Obedience obedience : device.obediences) {
            if (!obedience.stateTopic().isEmpty()) {
                topics.add(utf8(obedience.stateTopic()), true);
                names.add(obedience.stateTopic());
            }
        }
        return topics.build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private int packetOctets(List<String> names) {
        int longest = utf8(device.availabilityTopic()).length;
        for (String name : names) {
            longest = Math.max(longest, utf8(name).length);
        }
        return longest + Device.PAYLOAD_OCTETS + FRAMING_OCTETS;
    }

    private DeviceJournal journal(Path folder, int packetOctets) throws IOException {
        int octets = device.outboxMessages * (RECORD_OCTETS + Device.PAYLOAD_OCTETS) + 2 * packetOctets + 65_536;
        try {
            Files.createDirectories(folder);
            FileStorage first = FileStorage.open(folder.resolve("outbox-1"), octets);
            opened.add(first);
            FileStorage second = FileStorage.open(folder.resolve("outbox-2"), octets);
            opened.add(second);
            DeviceJournal journal = new DeviceJournal(
                    first,
                    second,
                    device.outboxMessages,
                    Device.PAYLOAD_OCTETS,
                    packetOctets,
                    MqttLine.RECEIVE_MAX,
                    octets);
            int status = journal.open();
            if (status < 0) {
                throw new IOException("the outbox in " + folder + " cannot be used ("
                        + (first.failure().isEmpty() ? MqttLine.storageTrouble(status) : first.failure()) + ")");
            }
            return journal;
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "this user may not write to the outbox at " + e.getFile()
                            + "; give it away with chown, or name another folder",
                    e);
        }
    }

    private Line line(List<String> names, @Nullable DeviceJournal journal, int packetOctets, Prng prng)
            throws IOException {
        LinkConfig.Builder config = new LinkConfig.Builder()
                .startSpreadMs(0)
                .availability(device.availabilityTopic(), Availability.ONLINE, Availability.OFFLINE);
        int nameCount = names.size() + 1;
        int nameOctets = utf8(device.availabilityTopic()).length;
        for (String name : names) {
            nameOctets += utf8(name).length;
        }
        for (Obedience obedience : device.obediences) {
            config.subscribe(utf8(obedience.commandTopic()), 1);
            nameCount++;
            nameOctets += utf8(obedience.commandTopic()).length;
        }
        return Lines.isMqtt(device.over)
                ? new MqttLine(device, runtime, config.build(), idle, journal, packetOctets, prng)
                : new SnLine(device, runtime, config.build(), idle, nameCount, nameOctets, prng);
    }

    private void addTasks(Map<Integer, Reading> byTopic, Troubles troubles, Prng prng) {
        runtime.addPolling(line.task());
        int topic = 0;
        for (Reading reading : device.readings) {
            for (int i = 0; i < reading.topics().size(); i++) {
                byTopic.put(topic + i, reading);
            }
            if (!device.drains) {
                SamplingTask task = new SamplingTask(
                        reading.config(topic, device.sleepS > 0, device.name + "/"),
                        reading.sensor(),
                        outbox,
                        troubles,
                        prng);
                sampling.add(task);
                runtime.add(task);
            }
            topic += reading.topics().size();
        }
        int subscription = 0;
        for (Obedience obedience : device.obediences) {
            int state = obedience.stateTopic().isEmpty() || device.drains ? CommandTask.NO_TOPIC : topic;
            CommandTask task = new CommandTask(runtime, obedience.actuator(), outbox, troubles, state, 1);
            line.deliverTo(subscription++, new Heard(obedience, task, device.says));
            runtime.add(task);
            topic += obedience.stateTopic().isEmpty() ? 0 : 1;
        }
        runtime.add(outbox);
        if (device.sleepS > 0 && line instanceof SnLine sn) {
            runtime.add(sn.sleepTask(runtime, device, outbox, sampling.toArray(new SamplingTask[0])));
        }
    }

    /** Runs until {@code ends}, which is asked after each turn; then says goodbye. */
    public void run(BooleanSupplier ends) {
        while (!ends.getAsBoolean()) {
            idle.until(runtime.turn(device.clock.nowMs()));
            report();
        }
        line.stop();
        runtime.wakeAll();
        long giveUpMs = device.clock.nowMs() + GOODBYE_MS;
        while (!line.stopped() && device.clock.nowMs() < giveUpMs) {
            long next = runtime.turn(device.clock.nowMs());
            idle.until(Math.min(next, giveUpMs));
        }
    }

    private void report() {
        boolean connected = line.connected();
        if (connected && !wasConnected) {
            device.says.accept("connected to " + Lines.shown(device.over));
            toldTrouble = "";
        } else if (!connected) {
            String trouble = line.trouble();
            boolean isNew = !trouble.isEmpty() && !trouble.equals(toldTrouble);
            if (wasConnected || isNew) {
                device.says.accept("no connection to " + Lines.shown(device.over)
                        + (trouble.isEmpty() ? "" : ": " + trouble) + "; trying again, readings are kept");
                toldTrouble = trouble;
            }
        }
        wasConnected = connected;
    }

    /** Ends the rest of {@link #run} at once; safe from any thread. */
    public void wake() {
        idle.wake();
    }

    /** {@return whether every sensor has measured at least once, or failed} */
    public boolean hasMeasured() {
        return sampling.stream().allMatch(task -> task.measurements() + task.failures() > 0);
    }

    /** {@return whether every message so far has come to its end} */
    public boolean isDelivered() {
        return outbox.empty();
    }

    /** {@return measurements that failed, of all sensors} */
    public int failures() {
        return sampling.stream().mapToInt(SamplingTask::failures).sum();
    }

    /** {@return whether there is a connection} */
    public boolean isConnected() {
        return line.connected();
    }

    /** {@return the present state in one line} */
    public String status() {
        return device.name + ": " + (line.connected() ? "connected" : "not connected") + ", " + outbox.delivered()
                + " delivered, " + outbox.depth() + " waiting"
                + (outbox.dropped() > 0 ? ", " + outbox.dropped() + " dropped" : "")
                + (failures() > 0 ? ", " + failures() + " measurements failed" : "");
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                failed = new IOException(e.getMessage(), e);
            }
        }
        idle.close();
        if (failed != null) {
            throw failed;
        }
    }
}

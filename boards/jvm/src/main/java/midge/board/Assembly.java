package midge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.board.discovery.Announcement;
import midge.board.jvm.SelectorIdle;
import midge.board.linux.LinuxHealth;
import midge.runtime.DeviceRuntime;
import midge.runtime.store.DeviceJournal;
import midge.runtime.task.CommandTask;
import midge.runtime.task.HealthFormat;
import midge.runtime.task.HealthReading;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.RamOutbox;
import midge.runtime.task.SamplingConfig;
import midge.runtime.task.SamplingTask;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/** Makes the strict objects that a {@link Device} describes, and adds them to a runtime in their order. */
final class Assembly implements AutoCloseable {
    private static final int MOST_TASKS = 32;
    /** PUBLISH around topic and payload, with room to spare. */
    private static final int FRAMING_OCTETS = 32;

    final DeviceRuntime runtime = new DeviceRuntime(MOST_TASKS);
    final List<SamplingTask> sampling = new ArrayList<>();
    final Line line;
    final OutboxTask outbox;
    private final Device device;
    private final TopicNumbers numbers;
    private final @Nullable OutboxFiles files;
    private final List<Announcement> announcements;

    Assembly(Device device, SelectorIdle idle) throws IOException {
        this.device = device;
        announcements = device.announcements();
        numbers = device.outboxFolder == null ? new TopicNumbers() : OutboxFiles.topics(device.outboxFolder);
        PublishTopics topics = number();
        int packetOctets = packetOctets();
        files = device.outboxFolder == null
                ? null
                : OutboxFiles.open(device.outboxFolder, device.outboxMessages, packetOctets);
        boolean done = false;
        Line opened = null;
        try {
            if (device.outboxFolder != null) {
                numbers.save(device.outboxFolder);
            }
            Prng prng = new Prng(new SecureRandom().nextLong());
            DeviceJournal journal = files == null ? null : files.journal();
            line = line(idle, journal, packetOctets, prng);
            opened = line;
            Map<Integer, Reading> byTopic = new HashMap<>();
            Troubles troubles = new Troubles(numbers.names(), byTopic, device.says, device.verbose);
            outbox = new OutboxTask(
                    runtime,
                    journal == null
                            ? new RamOutbox(device.outboxMessages, Device.PAYLOAD_OCTETS)
                            : restored(journal, topics),
                    line.uplink(topics),
                    troubles,
                    device.drainMs);
            line.reportTo(outbox);
            addTasks(byTopic, troubles, prng);
            done = true;
        } finally {
            if (!done) {
                closeAll(opened);
            }
        }
    }

    private midge.runtime.task.Outbox restored(DeviceJournal journal, PublishTopics topics) {
        if (line instanceof MqttLine mqtt) {
            int status = mqtt.restore(journal, topics, device.mqttVersion);
            if (status < 0) {
                device.says.accept("the outbox was restored in part only (status " + status + ")");
            }
        }
        return journal.outbox();
    }

    /** Numbers the topics of this life, behind those of earlier ones. */
    private PublishTopics number() {
        numberAll();
        if (numbers.isFull()) {
            numbers.clear(); // a message that waits since then may go astray, which 64 changes of topics are not worth
            // avoiding
            numberAll();
        }
        return numbers.topics();
    }

    private void numberAll() {
        for (Reading reading : device.readings) {
            reading.topics().forEach(topic -> numbers.number(topic, reading.isRetained()));
        }
        for (Obedience obedience : device.obediences) {
            if (!obedience.stateTopic().isEmpty()) {
                numbers.number(obedience.stateTopic(), true);
            }
        }
        if (device.healthMs > 0) {
            numbers.number(device.healthTopic(), true);
        }
    }

    private int packetOctets() {
        int longest = device.availabilityTopic().getBytes(UTF_8).length + Device.PAYLOAD_OCTETS;
        for (String name : numbers.names()) {
            longest = Math.max(longest, name.getBytes(UTF_8).length + Device.PAYLOAD_OCTETS);
        }
        for (Announcement each : announcements) {
            longest = Math.max(
                    longest,
                    each.topic().getBytes(UTF_8).length + each.payload().getBytes(UTF_8).length);
        }
        return longest + FRAMING_OCTETS;
    }

    private Line line(SelectorIdle idle, @Nullable DeviceJournal journal, int packetOctets, Prng prng)
            throws IOException {
        LinkConfig.Builder config = new LinkConfig.Builder()
                .startSpreadMs(0)
                .availability(device.availabilityTopic(), device.onlineWord(), device.offlineWord());
        List<String> names = new ArrayList<>(numbers.names());
        names.add(device.availabilityTopic());
        for (Obedience obedience : device.obediences) {
            config.subscribe(obedience.commandTopic().getBytes(UTF_8), 1);
            names.add(obedience.commandTopic());
        }
        if (!device.birthTopic().isEmpty()) {
            config.subscribe(device.birthTopic().getBytes(UTF_8), 1);
            names.add(device.birthTopic());
        }
        announcements.forEach(each -> names.add(each.topic()));
        return Lines.isMqtt(device.over)
                ? new MqttLine(device, runtime, config.build(), idle, journal, packetOctets, prng)
                : new SnLine(device, runtime, config.build(), idle, names, prng);
    }

    private void addTasks(Map<Integer, Reading> byTopic, Troubles troubles, Prng prng) {
        runtime.addPolling(line.task());
        for (Reading reading : device.readings) {
            int[] topics = reading.topics().stream()
                    .mapToInt(topic -> numbers.number(topic, reading.isRetained()))
                    .toArray();
            for (int topic : topics) {
                byTopic.put(topic, reading);
            }
            if (!device.drains) {
                sampling.add(new SamplingTask(
                        reading.config(topics, device.once || device.sleepS > 0, device.name + "/"),
                        reading.measured(),
                        outbox,
                        troubles,
                        prng));
            }
        }
        if (device.healthMs > 0 && !device.drains) {
            sampling.add(health(troubles, prng));
        }
        sampling.forEach(runtime::add);
        if (device.once) {
            sampling.forEach(SamplingTask::request);
        }
        int subscription = 0;
        for (Obedience obedience : device.obediences) {
            CommandTask task = new CommandTask(runtime, obedience.actuator(), outbox, troubles, state(obedience), 1);
            line.deliverTo(subscription++, new Heard(obedience, task, device.says));
            runtime.add(task);
        }
        runtime.add(outbox);
        if (!announcements.isEmpty()) {
            Announcer announcer = new Announcer(runtime, line, announcements, sampling, device.says, prng);
            line.deliverTo(subscription, announcer);
            runtime.addPolling(announcer);
        }
        if (device.sleepS > 0 && line instanceof SnLine sn) {
            runtime.add(sn.sleepTask(runtime, device, outbox, sampling.toArray(new SamplingTask[0])));
        }
    }

    private SamplingTask health(Troubles troubles, Prng prng) {
        SamplingConfig config = new SamplingConfig.Builder()
                .periodMs(device.once || device.sleepS > 0 ? 0 : device.healthMs)
                .payloadCapacity(Device.PAYLOAD_OCTETS)
                .commonTopic(numbers.number(device.healthTopic(), true))
                .format(new HealthFormat())
                .build();
        return new SamplingTask(
                config, new HealthReading(line.health(), new LinuxHealth(), outbox), outbox, troubles, prng);
    }

    private int state(Obedience obedience) {
        return obedience.stateTopic().isEmpty() || device.drains
                ? CommandTask.NO_TOPIC
                : numbers.number(obedience.stateTopic(), true);
    }

    @Override
    public void close() throws IOException {
        closeAll(line);
    }

    private void closeAll(@Nullable Line opened) throws IOException {
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            if (files != null) {
                files.close();
            }
        }
    }
}

package midge.cli.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import midge.board.jvm.FileStorage;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;
import midge.mqtt.client.MqttClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.payload.JsonReading;
import midge.runtime.store.DeviceJournal;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.MqttLinkTask;
import midge.runtime.task.MqttUplink;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.ReadingListener;
import midge.runtime.task.SamplingConfig;
import midge.runtime.task.SamplingTask;
import midge.wire.Prng;

/**
 * A device as a process of its own, to be killed: samples a counter, keeps the readings in an outbox in two files, and publishes them at
 * QoS 2. Prints {@code stored <payload>} for each reading that is safe, {@code connected}, and {@code empty} before it ends by itself.
 */
final class OutboxDevice {
    private OutboxDevice() {}

    /** @param arguments folder, port of the broker, protocol level, first value of the counter, readings to take */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        InetSocketAddress broker = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        int version = Integer.parseInt(arguments[2]);
        Counter counter = new Counter(Integer.parseInt(arguments[3]));
        int readings = Integer.parseInt(arguments[4]);
        JvmClock clock = new JvmClock();
        try (FileStorage first = FileStorage.open(folder.resolve("1"), 1 << 17);
                FileStorage second = FileStorage.open(folder.resolve("2"), 1 << 17);
                SelectorIdle idle = new SelectorIdle(clock)) {
            DeviceJournal journal = new DeviceJournal(first, second, 2_000, 64, 128, 16, 1 << 17);
            check(journal.open());
            PublishTopics.Builder names = new PublishTopics.Builder();
            names.add("outbox/" + version, false);
            PublishTopics topics = names.build();
            DeviceRuntime runtime = new DeviceRuntime(3);
            Prng prng = new Prng(7);
            LinkConfig config =
                    new LinkConfig.Builder().startSpreadMs(0).backoff(20, 1_000).build();
            TcpLink stream = new TcpLink(broker, idle);
            MqttLinkTask link = new MqttLinkTask(runtime, config, client(version), stream, journal.session(), prng);
            check(journal.session().restore(link.client(), topics, version));
            OutboxTask outbox =
                    new OutboxTask(runtime, journal.outbox(), new MqttUplink(link, topics), new Printer(), 0);
            link.reportTo(outbox);
            SamplingConfig sampling = new SamplingConfig.Builder()
                    .periodMs(readings == 0 ? 0 : 1)
                    .jitterPercent(0)
                    .topic(0, 0)
                    .qos(2)
                    .payloadCapacity(64)
                    .format(new JsonReading())
                    .wallClock(System::currentTimeMillis)
                    .build();
            runtime.addPolling(link);
            runtime.add(new SamplingTask(sampling, counter, outbox, new Printer(), prng));
            runtime.add(outbox);
            boolean connected = false;
            while (readings > 0 ? counter.taken < readings : !outbox.empty()) {
                idle.until(runtime.turn(clock.nowMs()));
                if (link.connected() && !connected) {
                    connected = true;
                    System.out.println("connected");
                }
            }
            System.out.println(readings > 0 ? "taken" : "empty");
            for (link.stop(); link.connected() || link.client().wantsClose(); ) {
                runtime.wakeAll();
                idle.until(runtime.turn(clock.nowMs()));
            }
        }
    }

    private static MqttClientConfig client(int version) {
        MqttClientConfig.Builder client = new MqttClientConfig.Builder()
                .version(version)
                .clientId(("outbox-device-" + version).getBytes(US_ASCII))
                .clean(false)
                .slotBytes(128);
        if (version == 5) {
            client.sessionExpiryS(600);
        }
        return client.build();
    }

    private static void check(int status) {
        if (status != Hal.OK) {
            throw new IllegalStateException("status " + status);
        }
    }

    /** Counts on with every measurement. */
    private static final class Counter implements Sensor {
        private final int first;
        private int taken;

        Counter(int first) {
            this.first = first;
        }

        @Override
        public int begin(long nowMs) {
            return Hal.OK;
        }

        @Override
        public long readyAtMs() {
            return Long.MIN_VALUE;
        }

        @Override
        public int poll(long nowMs) {
            taken++;
            return Hal.OK;
        }

        @Override
        public int valueCount() {
            return 1;
        }

        @Override
        public int quantity(int index) {
            return Quantity.COUNT;
        }

        @Override
        public int value(int index) {
            return first + taken - 1;
        }
    }

    private static final class Printer implements ReadingListener {
        @Override
        public void onSampled(int topic, int quantity, int value, long nowMs) {}

        @Override
        public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {
            System.out.println("stored " + new String(payload, offset, length, US_ASCII));
        }

        @Override
        public void onRefused(int topic, int status, long nowMs) {
            System.out.println("refused " + status);
        }

        @Override
        public void onOutcome(int token, int status, long nowMs) {
            if (status != 0) {
                System.out.println("ended with " + status);
            }
        }

        @Override
        public void onSensorFailed(int topic, int code, long nowMs) {}
    }
}

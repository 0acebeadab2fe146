package midge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import midge.board.jvm.SelectorIdle;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkHealth;
import midge.runtime.task.LinkTask;
import midge.runtime.task.MessageHandler;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.SamplingTask;
import midge.runtime.task.SleepConfig;
import midge.runtime.task.SleepTask;
import midge.runtime.task.SnHealth;
import midge.runtime.task.SnUplink;
import midge.runtime.task.Uplink;
import midge.wire.Prng;

/** MQTT-SN to a gateway. */
final class SnLine implements Line {
    private static final int SHORT_CLIENT_ID = 23;
    /** A gateway may register these on its own, for wildcards. */
    private static final int SPARE_TOPICS = 8;

    private static final int SPARE_TOPIC_OCTETS = 1_024;
    /** Room for all announcements together. */
    private static final int OUTBOX_OCTETS = 32_768;

    private final DatagramLink datagrams;
    private final LinkTask link;

    /** @param names the topics that it will publish on and subscribe to */
    SnLine(Device device, DeviceRuntime runtime, LinkConfig config, SelectorIdle idle, List<String> names, Prng prng)
            throws IOException {
        datagrams = Lines.datagrams(device.over, idle);
        SnClientConfig.Builder client = SnClientConfig.builder(device.name.getBytes(UTF_8));
        if (device.name.length() > SHORT_CLIENT_ID) {
            client.longClientId();
        }
        client.keepAliveS(device.keepAliveS)
                .retryMs(device.retryMs)
                .frameOctetsMax(datagrams.mtu())
                .outboxOctets(OUTBOX_OCTETS)
                .topics(names.size() + SPARE_TOPICS)
                .topicOctets(names.stream()
                                .mapToInt(name -> name.getBytes(UTF_8).length)
                                .sum()
                        + SPARE_TOPIC_OCTETS)
                .will(device.availabilityTopic().getBytes(UTF_8), device.willWord(), SnFlags.QOS_1 | SnFlags.RETAIN);
        link = new LinkTask(runtime, config, client.build(), datagrams, prng);
    }

    Task sleepTask(DeviceRuntime runtime, Device device, OutboxTask outbox, SamplingTask[] sampling) {
        SleepConfig config = new SleepConfig.Builder()
                .sleepS(device.sleepS)
                .reportEvery(device.reportEvery)
                .build();
        return new SleepTask(runtime, config, link, outbox, sampling);
    }

    @Override
    public Task task() {
        return link;
    }

    @Override
    public Uplink uplink(PublishTopics topics) {
        return new SnUplink(link, topics);
    }

    @Override
    public void reportTo(OutboxTask outbox) {
        link.reportTo(outbox);
    }

    @Override
    public void deliverTo(int subscription, MessageHandler handler) {
        link.deliverTo(subscription, handler);
    }

    @Override
    public int publishRetained(byte[] topic, byte[] payload, long nowMs) {
        int flags = SnFlags.QOS_1 | SnFlags.RETAIN;
        return link.client().publish(topic, 0, topic.length, flags, payload, 0, payload.length, nowMs);
    }

    @Override
    public boolean connected() {
        return link.connected();
    }

    @Override
    public int connects() {
        return link.connects();
    }

    @Override
    public LinkHealth health() {
        return new SnHealth(link);
    }

    @Override
    public void stop() {
        link.stop();
    }

    @Override
    public boolean stopped() {
        return !link.connected();
    }

    @Override
    public String trouble() {
        if (datagrams instanceof NamedUdpLink udp && !udp.failure().isEmpty()) {
            return udp.failure();
        }
        if (datagrams instanceof MendedLink mended && !mended.failure().isEmpty()) {
            return mended.failure();
        }
        if (link.refusals() > 0) {
            return "the gateway refuses (congestion: it may have no connection to its broker)";
        }
        return link.unanswered() > 0 ? "the gateway does not answer" : "";
    }

    @Override
    public void close() throws IOException {
        DatagramLinks.close(datagrams);
    }
}

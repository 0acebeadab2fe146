package midge.runtime.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import midge.hal.link.DatagramLink;
import midge.hal.sense.Quantity;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.wire.Prng;
import midge.wire.Status;

/** A whole device, real client included, on a {@link FakeGateway}, in virtual time. The test changes options, then calls {@link #start}. */
final class VirtualDevice {
    static final int TEMPERATURE_TOPIC = 0;
    static final int STATE_TOPIC = 1;
    static final int HUMIDITY_TOPIC = 2;

    final FakeGateway gateway = new FakeGateway();
    final FakeSensor thermometer = new FakeSensor(Quantity.TEMPERATURE);
    final FakeSwitch relay = new FakeSwitch();
    final RecordingListener listener = new RecordingListener();
    final DeviceRuntime runtime = new DeviceRuntime(8);
    final Prng prng = new Prng(11);

    SnClientConfig.Builder clientOptions =
            SnClientConfig.builder("n7").retryMs(1_000).retries(3).waitMs(2_000).keepAliveS(60);
    LinkConfig.Builder linkOptions = new LinkConfig.Builder().startSpreadMs(0).backoff(1_000, 8_000);
    SamplingConfig.Builder sampling =
            new SamplingConfig.Builder().periodMs(1_000).jitterPercent(0).topic(0, TEMPERATURE_TOPIC);
    SleepConfig.Builder sleepOptions;
    boolean obeys;
    DatagramLink radio = gateway;
    BooleanSupplier isFrameWaiting = gateway::pending;
    int outboxCapacity = 16;
    int drainIntervalMs;
    ReadingListener observer = listener;

    LinkTask link;
    OutboxTask outbox;
    SamplingTask samplingTask;
    CommandTask commands;
    SleepTask sleep;
    long nowMs = (1L << 31) - 3_000;
    long startedMs = nowMs;

    void start() {
        PublishTopics.Builder topics = new PublishTopics.Builder();
        topics.add("site/7/t", false);
        topics.add("site/7/relay", true);
        topics.add("site/7/h", false);
        if (obeys) {
            linkOptions.subscribe("site/7/relay/set", 1);
        }
        link = new LinkTask(runtime, linkOptions.build(), clientOptions.build(), radio, prng);
        SnUplink uplink = new SnUplink(link, topics.build());
        outbox = new OutboxTask(runtime, new RamOutbox(outboxCapacity, 48), uplink, observer, drainIntervalMs);
        link.reportTo(outbox);
        samplingTask = new SamplingTask(sampling.build(), thermometer, outbox, observer, prng);
        runtime.addPolling(link);
        runtime.add(samplingTask);
        if (obeys) {
            commands = new CommandTask(runtime, relay, outbox, observer, STATE_TOPIC, 1);
            assertEquals(Status.OK, link.deliverTo(0, commands));
            runtime.add(commands);
        }
        runtime.add(outbox);
        if (sleepOptions != null) {
            sleep = new SleepTask(runtime, sleepOptions.build(), link, outbox, new SamplingTask[] {samplingTask});
            runtime.add(sleep);
        }
    }

    /** The loop of a board, with a radio that needs no time. */
    void runUntil(long endMs) {
        int turnsNow = 0;
        while (true) {
            long next = runtime.turn(nowMs);
            assertTrue(next >= nowMs, "a deadline in the past");
            boolean again = isFrameWaiting.getAsBoolean() || next == nowMs;
            turnsNow = again ? turnsNow + 1 : 0;
            assertTrue(turnsNow < 1_000, "the device spins");
            if (!again) {
                if (next > endMs) {
                    break;
                }
                nowMs = next;
            }
        }
        nowMs = endMs;
    }

    void runFor(long ms) {
        runUntil(nowMs + ms);
    }

    /** What the gateway heard since the last call. */
    List<String> heard() {
        List<String> frames = new ArrayList<>(gateway.frames);
        gateway.frames.clear();
        return frames;
    }
}

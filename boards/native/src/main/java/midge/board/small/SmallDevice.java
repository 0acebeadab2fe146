package midge.board.small;

import midge.hal.DigitalOut;
import midge.hal.link.DatagramLink;
import midge.hal.sense.Sensor;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.CommandTask;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkTask;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.RamOutbox;
import midge.runtime.task.ReadingListener;
import midge.runtime.task.SamplingConfig;
import midge.runtime.task.SamplingTask;
import midge.runtime.task.SnUplink;
import midge.sensors.relay.Relay;
import midge.wire.Prng;

/**
 * One thermometer and one LED on MQTT-SN: readings go out at a fixed pace, the LED obeys on, off and toggle and tells its state.
 * Nothing is allocated after construction.
 */
public final class SmallDevice {
    /** The longest frame, octets; a link needs this mtu. */
    public static final int FRAME_OCTETS = 64;

    private static final int PAYLOAD_OCTETS = 16;
    private static final int READING = 0;
    private static final int LED = 1;

    private final DeviceRuntime runtime = new DeviceRuntime(4);
    private final LinkTask link;
    private final OutboxTask outbox;
    private final SamplingTask sampling;
    private final CommandTask command;
    private final Relay led;

    /**
     * @param link    mtu {@link #FRAME_OCTETS} or more
     * @param sensor  its first value is published
     * @param ledPin  high lights the LED
     * @param seed    spreads connecting and sampling in time
     */
    public SmallDevice(SmallDeviceConfig config, DatagramLink link, Sensor sensor, DigitalOut ledPin, long seed) {
        Prng prng = new Prng(seed);
        LinkConfig connection = new LinkConfig.Builder()
                .backoff(500, 8_000)
                .startSpreadMs(100)
                .subscribe(config.commandTopic, 1)
                .build();
        this.link = new LinkTask(runtime, connection, client(config), link, prng);
        PublishTopics.Builder topics = new PublishTopics.Builder();
        topics.add(config.readingTopic, false);
        topics.add(config.ledTopic, true);
        RamOutbox messages = new RamOutbox(config.backlog, PAYLOAD_OCTETS);
        outbox = new OutboxTask(runtime, messages, new SnUplink(this.link, topics.build()), ReadingListener.NOBODY, 0);
        this.link.reportTo(outbox);
        sampling = new SamplingTask(sampling(config), sensor, outbox, ReadingListener.NOBODY, prng);
        led = new Relay(ledPin);
        command = new CommandTask(runtime, led, outbox, ReadingListener.NOBODY, LED, 1);
        this.link.deliverTo(0, command);
        runtime.addPolling(this.link);
        runtime.add(sampling);
        runtime.add(command);
        runtime.add(outbox);
    }

    private static SnClientConfig client(SmallDeviceConfig config) {
        return SnClientConfig.builder(config.clientId)
                .keepAliveS(config.keepAliveS)
                .retryMs(config.retryMs)
                .frameOctetsMax(FRAME_OCTETS)
                .outboxOctets(2 * FRAME_OCTETS)
                .topics(3)
                .topicOctets(FRAME_OCTETS)
                .inboundIds(1)
                .replies(2)
                .build();
    }

    private static SamplingConfig sampling(SmallDeviceConfig config) {
        return new SamplingConfig.Builder()
                .periodMs(config.periodMs)
                .jitterPercent(0)
                .qos(config.qos)
                .payloadCapacity(PAYLOAD_OCTETS)
                .topic(0, READING)
                .build();
    }

    /** Does what is due. @return when to call again, ms in the time of {@code nowMs} */
    public long turn(long nowMs) {
        return runtime.turn(nowMs);
    }

    /** Ends the connection in order; further turns carry it out, until {@link #connected} says no. */
    public void stop() {
        link.stop();
        runtime.wakeAll();
    }

    /** {@return whether there is a connection} */
    public boolean connected() {
        return link.connected();
    }

    /** {@return measurements made so far} */
    public int measured() {
        return sampling.measurements();
    }

    /** {@return measurements that failed so far} */
    public int failedMeasurements() {
        return sampling.failures();
    }

    /** {@return messages confirmed by the gateway so far, LED states included} */
    public int delivered() {
        return outbox.delivered();
    }

    /** {@return messages given up so far for want of room or because the gateway refused them} */
    public int dropped() {
        return outbox.dropped() + outbox.rejected();
    }

    /** {@return commands carried out so far} */
    public int commands() {
        return command.commands();
    }

    /** {@return whether the LED is on} */
    public boolean ledOn() {
        return led.value() != 0;
    }

    /** {@return the part that connects, for its counters} */
    public LinkTask link() {
        return link;
    }
}

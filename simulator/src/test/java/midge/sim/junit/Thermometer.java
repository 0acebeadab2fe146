package midge.sim.junit;

import midge.hal.I2cBus;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.LinkConfig;
import midge.runtime.task.LinkTask;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.RamOutbox;
import midge.runtime.task.ReadingListener;
import midge.runtime.task.SamplingConfig;
import midge.runtime.task.SamplingTask;
import midge.runtime.task.SnUplink;
import midge.sensors.tmp102.Tmp102;
import midge.sensors.tmp102.Tmp102Registers;
import midge.wire.Prng;

/** A device: the temperature of the cellar, every ten seconds. */
final class Thermometer {
    private Thermometer() {}

    static DeviceRuntime on(DatagramLink radio, I2cBus bus, Prng prng) {
        DeviceRuntime runtime = new DeviceRuntime(3);
        SnClientConfig client =
                SnClientConfig.builder("cellar").frameOctetsMax(radio.mtu()).build();
        LinkTask link = new LinkTask(runtime, new LinkConfig.Builder().build(), client, radio, prng);
        PublishTopics.Builder topics = new PublishTopics.Builder();
        int temperature = topics.add("cellar/temperature", false);
        SnUplink uplink = new SnUplink(link, topics.build());
        OutboxTask outbox = new OutboxTask(runtime, new RamOutbox(32, 24), uplink, ReadingListener.NOBODY, 50);
        SamplingConfig sampling = new SamplingConfig.Builder()
                .periodMs(10_000)
                .topic(0, temperature)
                .qos(1)
                .build();
        Tmp102 sensor = new Tmp102(bus, Tmp102Registers.ADDRESS);
        link.reportTo(outbox);
        runtime.addPolling(link);
        runtime.add(new SamplingTask(sampling, sensor, outbox, ReadingListener.NOBODY, prng));
        runtime.add(outbox);
        return runtime;
    }
}

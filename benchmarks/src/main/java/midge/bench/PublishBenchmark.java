package midge.bench;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttVersion;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does it cost to write and to read one PUBLISH, and does it allocate? QoS 1; MQTT 3.1.1 with a topic of 20 characters,
 * MQTT-SN with a normal topic id. Reading means judging every length and the topic, then looking at the packet id.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PublishBenchmark {
    private static final int PACKET_ID = 7;

    /** Octets of payload. */
    @Param({"16", "256"})
    public int payloadOctets;

    private final byte[] topic = "site/7/greenhouse/t1".getBytes(StandardCharsets.US_ASCII);
    private final byte[] out = new byte[1024];
    private final byte[] mqttFrame = new byte[1024];
    private final byte[] snFrame = new byte[1024];
    private final MqttPublish mqttPublish = new MqttPublish();
    private final SnPublish snPublish = new SnPublish();
    private byte[] payload = {};
    private int mqttLength;
    private int snLength;

    /** Writes the frames that are read. */
    @Setup
    public void prepare() {
        payload = new byte[payloadOctets];
        mqttLength = encodeMqtt(mqttFrame);
        snLength = encodeSn(snFrame);
    }

    private int encodeMqtt(byte[] into) {
        return MqttPublish.encode(
                into,
                0,
                into.length,
                MqttPublish.flags(1, false, false),
                topic,
                0,
                topic.length,
                PACKET_ID,
                payload,
                0,
                payload.length);
    }

    private int encodeSn(byte[] into) {
        return SnPublish.encode(
                into, 0, into.length, SnFlags.QOS_1 | SnFlags.TOPIC_NORMAL, 1, PACKET_ID, payload, 0, payload.length);
    }

    @Benchmark
    public int mqttEncode() {
        return encodeMqtt(out);
    }

    @Benchmark
    public int mqttDecode() {
        int status = mqttPublish.wrap(mqttFrame, 0, mqttLength, MqttVersion.V3_1_1);
        return status + mqttPublish.packetId();
    }

    @Benchmark
    public int snEncode() {
        return encodeSn(out);
    }

    @Benchmark
    public int snDecode() {
        int status = snPublish.wrap(snFrame, 0, snLength);
        return status + snPublish.msgId();
    }
}

package midge.mqtt;

import midge.fuzz.Replay;
import midge.mqtt.client.MqttClientFuzz;
import midge.mqtt.codec.FramerFuzz;
import midge.mqtt.codec.PacketFuzz;
import midge.topic.TopicFuzz;
import org.junit.jupiter.api.Test;

/** The fuzz targets of this module on their kept inputs, and on mutations of them; docs/fuzzing.md. */
class FuzzReplayTest {
    @Test
    void packets() {
        Replay.of(new PacketFuzz(), 20_000);
    }

    @Test
    void framer() {
        Replay.of(new FramerFuzz(), 5_000);
    }

    @Test
    void topics() {
        Replay.of(new TopicFuzz(), 20_000);
    }

    @Test
    void client() {
        Replay.of(new MqttClientFuzz(), 5_000);
    }
}

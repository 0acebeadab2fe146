package midge.sim.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import midge.sim.export.PcapStream;
import midge.sim.export.PcapWriter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tshark reads every packet that the MQTT encoders write, in both directions of one connection, and finds nothing malformed. */
class MqttPacketsTest {
    private static final byte[] CLIENT = {10, 0, 0, 1};
    private static final byte[] BROKER = {10, 0, 0, 9};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void tsharkFindsAllPacketsAndPropertiesAndNothingMalformed(int version) throws IOException {
        MqttPackets up = MqttPackets.fromClient(version);
        MqttPackets down = MqttPackets.fromServer(version);
        Path file = directory.resolve("packets.pcap");
        try (PcapWriter pcap = new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), 1_000_000)) {
            PcapStream stream = pcap.connect(1, CLIENT, 40_001, BROKER, PcapWriter.MQTT_PORT);
            byte[] octets = up.octets.toByteArray();
            stream.up(2, octets, 0, octets.length);
            octets = down.octets.toByteArray();
            stream.down(3, octets, 0, octets.length);
            stream.close(4);
        }
        assertThat(shown(file, "_ws.malformed")).isEmpty();
        List<Integer> types = new ArrayList<>(up.types);
        types.addAll(down.types);
        assertThat(shown(file, "mqtt.msgtype")).isEqualTo(types);
        assertThat(shown(file, "mqtt.ver")).containsExactly(version);
        if (version == 5) {
            List<Integer> properties = new ArrayList<>(up.properties);
            properties.addAll(down.properties);
            assertThat(shown(file, "mqtt.property_id")).isEqualTo(properties);
        }
    }

    private static List<Integer> shown(Path file, String field) {
        return Tshark.fields(file, List.of(field)).stream()
                .filter(line -> !line.isEmpty())
                .flatMap(line -> Stream.of(line.split(",")))
                .map(Integer::decode)
                .toList();
    }
}

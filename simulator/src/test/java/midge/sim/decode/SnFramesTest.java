package midge.sim.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import midge.mqttsn.codec.SnType;
import midge.sim.export.PcapWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tshark reads every frame that the MQTT-SN encoders write, and shows the fields that went in. */
class SnFramesTest {
    private static final byte[] DEVICE = {10, 0, 0, 2};
    private static final byte[] GATEWAY = {10, 0, 0, 1};

    /**
     * What the dissector (tshark 4.0) is known to do wrong, by the name of a frame. Fields that it does not show at all, such as the QoS
     * in WILLTOPIC, SUBSCRIBE and SUBACK, are not among those expected; a topic id in SUBSCRIBE is expected as the text it makes of it.
     */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "empty WILLTOPIC", "flagged malformed: it looks for flags in WILLTOPIC and WILLTOPICUPD of two octets");

    @TempDir
    private Path directory;

    @Test
    void tsharkShowsWhatWentIn() throws IOException {
        List<SnFrame> frames = SnFrames.all();
        Path file = directory.resolve("frames.pcap");
        try (PcapWriter pcap = new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), 1_000_000)) {
            for (SnFrame frame : frames) {
                pcap.datagram(
                        0, DEVICE, 50_000, GATEWAY, PcapWriter.MQTT_SN_PORT, frame.octets, 0, frame.octets.length);
            }
        }
        List<String> names = Stream.concat(
                        Stream.of("_ws.malformed"),
                        frames.stream()
                                .flatMap(frame -> frame.fields.keySet().stream())
                                .distinct()
                                .map(field -> "mqttsn." + field))
                .toList();
        List<String> rows = Tshark.fields(file, names);
        assertThat(rows).hasSameSizeAs(frames);
        for (int i = 0; i < rows.size(); i++) {
            judge(frames.get(i), names, rows.get(i).split("\t", -1));
        }
    }

    private static void judge(SnFrame frame, List<String> names, String[] shown) {
        assertThat(!shown[0].isEmpty())
                .as("%s: malformed %s", frame.name, shown[0])
                .isEqualTo(EXCEPTIONS.containsKey(frame.name));
        frame.fields.forEach((field, expected) -> assertThat(plain(shown[names.indexOf("mqttsn." + field)]))
                .as("%s: %s of %s", frame.name, field, midge.profile.Hex.of(frame.octets))
                .isEqualTo(expected));
    }

    /** {@return numbers in base ten, whatever base they are shown in} */
    private static String plain(String shown) {
        return shown.matches("(0x[0-9a-f]+,?)+")
                ? Stream.of(shown.split(","))
                        .map(number -> Integer.decode(number).toString())
                        .collect(Collectors.joining(","))
                : shown;
    }

    @Test
    void noTypeIsForgotten() throws IllegalAccessException {
        TreeSet<Integer> written = new TreeSet<>();
        for (SnFrame frame : SnFrames.all()) {
            boolean isLong = frame.octets[0] == 1;
            written.add(frame.octets[isLong ? 3 : 1] & 0xFF);
        }
        TreeSet<Integer> known = new TreeSet<>();
        for (var constant : SnType.class.getFields()) {
            known.add(constant.getInt(null));
        }
        assertThat(written).isEqualTo(known);
    }
}

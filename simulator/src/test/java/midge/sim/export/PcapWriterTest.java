package midge.sim.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import midge.profile.Hex;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures are read back by tshark, which must find nothing wrong in them. */
class PcapWriterTest {
    private static final byte[] DEVICE = {10, 0, 0, 2};
    private static final byte[] GATEWAY = {10, 0, 0, 1};
    private static final byte[] BROKER = {10, 0, 0, 9};

    @TempDir
    private Path directory;

    @Test
    void tsharkReadsMqttSnDatagrams() throws IOException {
        Path file = directory.resolve("sn.pcap");
        try (PcapWriter pcap = open(file)) {
            for (String frame : List.of(
                    "0D 04 04 01 00 3C 64 65 76 2D 30 31 2E", // CONNECT
                    "03 05 00", // CONNACK
                    "0C 0C 20 00 01 00 07 32 31 2E 33 38", // PUBLISH QoS 1
                    "07 0D 00 01 00 07 00", // PUBACK
                    "02 18")) { // DISCONNECT
                byte[] octets = Hex.bytes(frame);
                pcap.datagram(20_250, DEVICE, 50_000, GATEWAY, PcapWriter.MQTT_SN_PORT, octets, 0, octets.length);
            }
        }
        List<String> types =
                tshark(file, "-T", "fields", "-e", "frame.time_epoch", "-e", "ip.src", "-e", "mqttsn.msg.type");
        assertThat(types).hasSize(5);
        assertThat(types.get(2)).isEqualTo("1020.250000000\t10.0.0.2\t0x0c");
        assertThat(faults(file)).isEmpty();
    }

    @Test
    void tsharkFollowsMqttStreams() throws IOException {
        Path file = directory.resolve("mqtt.pcap");
        byte[] large = new byte[5_003]; // PUBLISH QoS 0 of 5,000 octets, over four segments
        System.arraycopy(Hex.bytes("30 88 27 00 01 74"), 0, large, 0, 6);
        try (PcapWriter pcap = open(file)) {
            PcapStream stream = pcap.connect(1, GATEWAY, 40_001, BROKER, PcapWriter.MQTT_PORT);
            up(stream, "10 12 00 04 4D 51 54 54 04 02 00 3C 00 06 64 65 76 2D 30 31");
            byte[] connack = Hex.bytes("FF 20 02 00 00 FF");
            stream.down(3, connack, 1, 4);
            up(stream, "32 09 00 03 61 2F 62 00 0A 68 69 C0 00");
            stream.up(4, large, 0, large.length);
            byte[] answers = Hex.bytes("40 02 00 0A D0 00");
            stream.down(5, answers, 0, answers.length);
            up(stream, "E0 00");
            stream.close(6);
        }
        String all = String.join(",", tshark(file, "-Y", "mqtt", "-T", "fields", "-e", "mqtt.msgtype"));
        assertThat(all).isEqualTo("1,2,3,12,3,4,13,14");
        assertThat(faults(file)).isEmpty();
    }

    @Test
    void tsharkWouldHaveSeenAFault() throws IOException {
        Path file = directory.resolve("bad.pcap");
        try (PcapWriter pcap = open(file)) {
            byte[] cut = Hex.bytes("0C 0C 20 00");
            pcap.datagram(0, DEVICE, 50_000, GATEWAY, PcapWriter.MQTT_SN_PORT, cut, 0, cut.length);
        }
        assertThat(faults(file)).isNotEmpty();
    }

    private static PcapWriter open(Path file) throws IOException {
        return new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), 1_000_000);
    }

    private static void up(PcapStream stream, String hex) throws IOException {
        byte[] octets = Hex.bytes(hex);
        stream.up(2, octets, 0, octets.length);
    }

    /** {@return packets in which tshark finds anything malformed, a bad checksum or a gap} */
    private static List<String> faults(Path file) {
        String filter =
                "_ws.malformed || ip.checksum.status == 0 || udp.checksum.status == 0 || tcp.checksum.status == 0"
                        + " || tcp.analysis.flags || _ws.expert.severity >= 6291456";
        return tshark(file, "-Y", filter);
    }

    private static List<String> tshark(Path file, String... options) {
        String tshark = Peers.require("tshark", "tshark");
        List<String> command = new java.util.ArrayList<>(List.of(
                tshark,
                "-r",
                file.toString(),
                "-d",
                "udp.port==1884,mqttsn",
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE"));
        command.addAll(List.of(options));
        Program program = Program.start(command);
        assertThat(program.exitCode(60_000)).as(program.lines().toString()).isZero();
        return program.lines().stream()
                .filter(line -> !line.contains("Running as user"))
                .toList();
    }
}

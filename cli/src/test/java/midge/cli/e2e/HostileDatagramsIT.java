package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes to the gateway's UDP port, it goes on serving in bounded memory, and counts what it drops. */
class HostileDatagramsIT {
    private static final int DATAGRAMS = 100_000;
    private static final int BATCH = 200;
    private static final long SEED = 0x6D69646765L;

    /** One of each kind: what is mutated is almost right. */
    private static final List<byte[]> GOOD = List.of(
                    "05 00 01 03 84",
                    "03 01 01",
                    "03 02 01",
                    "0C 04 04 01 00 3C 64 65 76 2D 30 31",
                    "0C 04 0C 01 01 2C 64 65 76 2D 30 31",
                    "03 05 00",
                    "02 06",
                    "0C 07 30 64 65 76 2F 6C 77 74 2F 31",
                    "06 09 67 6F 6E 65",
                    "10 0A 00 00 00 01 73 65 6E 73 2F 74 65 6D 70 31",
                    "07 0B 00 07 00 01 00",
                    "0B 0C 20 00 01 00 02 32 31 2E 35",
                    "0B 0C 40 00 01 00 10 64 61 74 61",
                    "0A 0C 62 74 31 00 00 61 62 63",
                    "07 0D 00 07 00 02 00",
                    "04 0F 00 10",
                    "04 10 00 10",
                    "04 0E 00 10",
                    "0B 12 20 00 03 73 65 6E 73 2F 23",
                    "07 12 41 00 04 00 05",
                    "0B 14 00 00 06 73 65 6E 73 2F 23",
                    "02 16",
                    "08 16 64 65 76 2D 30 31",
                    "04 18 0E 10",
                    "02 18",
                    "0C 1A 50 64 65 76 2F 6C 77 74 2F 32",
                    "05 1C 62 79 65",
                    "05 FE 00 00 2A 02 17",
                    "01 00 0B 0C 00 00 07 00 00 68 69")
            .stream()
            .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")))
            .toList();

    private final Random random = new Random(SEED);

    @Test
    void cannotStopTheGatewayFromServing(@TempDir Path folder) throws IOException {
        int port = Mosquitto.freePort();
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway = MidgeProgram.start(
                        "gateway", "--listen", "udp://127.0.0.1:" + port, "--broker", broker.uri())) {
            gateway.await("MQTT-SN on", 60_000);
            InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (DatagramSocket good = new DatagramSocket();
                    DatagramSocket bad = new DatagramSocket()) {
                connect(good, at);
                attack(good, bad, at, DATAGRAMS / 4);
                long earlyKb = residentKb(gateway);
                attack(good, bad, at, DATAGRAMS * 3 / 4);
                long lateKb = residentKb(gateway);
                assertThat(publishes(good, at)).as("still serves").isTrue();
                assertThat(lateKb - earlyKb).as("growth of resident memory, kB").isLessThan(60_000);
            }
            gateway.signal("INT");
            assertThat(gateway.exitCode(20_000)).isEqualTo(130);
            String summary = gateway.out().get(gateway.out().size() - 1);
            Matcher dropped = Pattern.compile("dropped (\\d+)").matcher(summary);
            assertThat(dropped.find()).as(summary).isTrue();
            assertThat(Long.parseLong(dropped.group(1))).as(summary).isGreaterThan(DATAGRAMS / 4);
            assertThat(gateway.err()).as("what the gateway complained of").isEmpty();
        }
    }

    private void attack(DatagramSocket good, DatagramSocket bad, InetSocketAddress at, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] frame = random.nextInt(4) == 0 ? noise() : mutant();
            bad.send(new DatagramPacket(frame, frame.length, at));
            if (i % BATCH == BATCH - 1) {
                // An answer to the good client means that everything before was taken from the socket.
                assertThat(exchange(good, at, "02 16", "02 17"))
                        .as("PINGRESP after %d datagrams, seed %d", i, SEED)
                        .isTrue();
            }
        }
    }

    private byte[] noise() {
        byte[] frame = new byte[random.nextInt(300)];
        random.nextBytes(frame);
        return frame;
    }

    private byte[] mutant() {
        byte[] frame = GOOD.get(random.nextInt(GOOD.size())).clone();
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(4) == 0) {
            byte[] cut = new byte[random.nextInt(frame.length + 8)];
            System.arraycopy(frame, 0, cut, 0, Math.min(cut.length, frame.length));
            return cut;
        }
        return frame;
    }

    private void connect(DatagramSocket good, InetSocketAddress at) throws IOException {
        assertThat(exchange(good, at, "0A 04 04 01 00 3C 67 6F 6F 64", "03 05 00"))
                .as("CONNACK")
                .isTrue();
    }

    /** On a topic of two characters, which needs no id. */
    private boolean publishes(DatagramSocket good, InetSocketAddress at) throws IOException {
        return exchange(good, at, "09 0C 22 61 62 00 02 68 69", "07 0D 61 62 00 02 00");
    }

    /** Sends until the answer comes, as a client would. */
    private boolean exchange(DatagramSocket socket, InetSocketAddress at, String request, String answer)
            throws IOException {
        byte[] frame = HexFormat.of().parseHex(request.replace(" ", ""));
        socket.setSoTimeout(1_000);
        for (int tries = 0; tries < 10; tries++) {
            socket.send(new DatagramPacket(frame, frame.length, at));
            try {
                for (; ; ) {
                    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                    socket.receive(packet);
                    String got = HexFormat.ofDelimiter(" ")
                            .withUpperCase()
                            .formatHex(packet.getData(), 0, packet.getLength());
                    if (got.equals(answer)) {
                        return true;
                    }
                }
            } catch (SocketTimeoutException e) {
                // once more
            }
        }
        return false;
    }

    private static long residentKb(Program program) {
        try {
            return Files.readAllLines(Path.of("/proc/" + program.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

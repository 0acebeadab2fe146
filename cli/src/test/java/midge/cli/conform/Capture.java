package midge.cli.conform;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.export.PcapWriter;
import midge.sim.peer.Program;

/** The messages of all runs for an independent reader; what the devices break on purpose is not among them. */
final class Capture implements AutoCloseable {
    private static final byte[] DEVICE = {10, 0, 0, 2};
    private static final byte[] GATEWAY = {10, 0, 0, 1};
    private static final int DEVICE_PORT = 50_000;
    private static final int TSHARK_MS = 120_000;

    private final Path file;
    private final PcapWriter pcap;
    private final long startNs = System.nanoTime();
    private int count;

    Capture(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        pcap = new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), System.currentTimeMillis());
    }

    synchronized void message(boolean up, byte[] octets) {
        count++;
        try {
            pcap.datagram(
                    (System.nanoTime() - startNs) / 1_000_000,
                    up ? DEVICE : GATEWAY,
                    up ? DEVICE_PORT : PcapWriter.MQTT_SN_PORT,
                    up ? GATEWAY : DEVICE,
                    up ? PcapWriter.MQTT_SN_PORT : DEVICE_PORT,
                    octets,
                    0,
                    octets.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int count() {
        return count;
    }

    /** {@return a line of tshark for each packet that passes the filter} */
    List<String> read(String tshark, String filter) {
        List<String> command = new ArrayList<>(List.of(tshark, "-r", file.toString()));
        command.addAll(List.of("-d", "udp.port==1884,mqttsn", "-Y", filter));
        try (Program program = Program.start(command)) {
            if (program.exitCode(TSHARK_MS) != 0) {
                throw new AssertionError(program.err().toString());
            }
            return program.out();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        pcap.close();
    }
}

package midge.cli.e2e;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import midge.sim.export.PcapStream;
import midge.sim.export.PcapWriter;

/** Writes what both proxies see to one capture file, and counts by itself what a reader of the file must find. */
final class SessionCapture implements UdpProxy.Recorder, TcpProxy.Recorder, AutoCloseable {
    private static final byte[] DEVICE = {10, 0, 0, 2};
    private static final byte[] GATEWAY = {10, 0, 0, 1};
    private static final byte[] BROKER = {10, 0, 0, 9};
    private static final int DEVICE_PORT = 50_000;
    private static final int FIRST_GATEWAY_PORT = 40_000;

    private final PcapWriter pcap;
    private final long startNs = System.nanoTime();
    private final Map<Integer, PcapStream> streams = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> carried = new HashMap<>();
    private final Map<String, Integer> snFrames = new TreeMap<>();

    SessionCapture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        pcap = new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), System.currentTimeMillis());
    }

    private long nowMs() {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    @Override
    public synchronized void datagram(boolean up, byte[] octets, int length) {
        int type = octets[octets[0] == 1 ? 3 : 1] & 0xFF;
        snFrames.merge(key(up, type), 1, Integer::sum);
        try {
            pcap.datagram(
                    nowMs(),
                    up ? DEVICE : GATEWAY,
                    up ? DEVICE_PORT : PcapWriter.MQTT_SN_PORT,
                    up ? GATEWAY : DEVICE,
                    up ? PcapWriter.MQTT_SN_PORT : DEVICE_PORT,
                    octets,
                    0,
                    length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void octets(int connection, boolean up, byte[] octets, int length) {
        carried.computeIfAbsent(up + " " + connection, k -> new ByteArrayOutputStream())
                .write(octets, 0, length);
        try {
            PcapStream stream = streams.get(connection);
            if (stream == null) {
                int port = FIRST_GATEWAY_PORT + connection;
                stream = pcap.connect(nowMs(), GATEWAY, port, BROKER, PcapWriter.MQTT_PORT);
                streams.put(connection, stream);
            }
            if (up) {
                stream.up(nowMs(), octets, 0, length);
            } else {
                stream.down(nowMs(), octets, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return datagrams by {@link #key}} */
    synchronized Map<String, Integer> snFrames() {
        return snFrames;
    }

    /** {@return MQTT packets by {@link #key}} */
    synchronized Map<String, Integer> mqttPackets() {
        Map<String, Integer> packets = new TreeMap<>();
        carried.forEach((name, octets) -> count(name.startsWith("true"), octets.toByteArray(), packets));
        return packets;
    }

    /** Walks over the packets of one direction: type, remaining length (MQTT 3.1.1 §2.2), rest. */
    private static void count(boolean up, byte[] octets, Map<String, Integer> packets) {
        int at = 0;
        while (at < octets.length) {
            packets.merge(key(up, (octets[at] & 0xFF) >> 4), 1, Integer::sum);
            int remaining = 0;
            int shift = 0;
            do {
                at++;
                remaining |= (octets[at] & 0x7F) << shift;
                shift += 7;
            } while (octets[at] < 0);
            at += 1 + remaining;
        }
    }

    /** {@return how a message type in one direction is named in the counts, such as {@code up 12}} */
    static String key(boolean up, int type) {
        return String.format("%-4s %2d", up ? "up" : "down", type);
    }

    @Override
    public synchronized void close() throws IOException {
        pcap.close();
    }
}

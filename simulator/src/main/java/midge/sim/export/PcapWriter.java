package midge.sim.export;

import java.io.IOException;
import java.io.OutputStream;
import midge.wire.Bytes;

/**
 * Writes a capture file that Wireshark and tshark read: datagrams as UDP over IPv4, streams as TCP with right sequence numbers, all
 * with checksums. Times are microseconds, so the pcap format of libpcap 2.4 with link type 101 (raw IP) is enough.
 *
 * <p>Wireshark takes MQTT on port 1883 by itself; for MQTT-SN tell it the port: {@code tshark -r file -d udp.port==1884,mqttsn}.
 */
public final class PcapWriter implements AutoCloseable {
    /** Where gateways listen for MQTT-SN. */
    public static final int MQTT_SN_PORT = 1884;
    /** Where brokers listen for MQTT. */
    public static final int MQTT_PORT = 1883;

    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int PROTOCOL_UDP = 17;
    private static final int PROTOCOL_TCP = 6;
    private static final int TCP = 20;
    private static final int LINK_TYPE_RAW_IP = 101;
    private static final int PACKET_MAX = 65_535;

    private final OutputStream out;
    private final long startUnixMs;
    private final byte[] record = new byte[16];
    private final byte[] packet = new byte[PACKET_MAX];
    private final byte[] pseudo = new byte[12];
    private int lastIdentification;

    /**
     * Begins a capture.
     *
     * @param out         closed by {@link #close}; buffer it
     * @param startUnixMs calendar time, ms since 1970, of what the methods here call 0 ms
     */
    public PcapWriter(OutputStream out, long startUnixMs) throws IOException {
        this.out = out;
        this.startUnixMs = startUnixMs;
        byte[] header = new byte[24];
        Bytes.putU32(header, 0, 0xA1B2C3D4L);
        Bytes.putU16(header, 4, 2);
        Bytes.putU16(header, 6, 4);
        Bytes.putU32(header, 16, PACKET_MAX);
        Bytes.putU32(header, 20, LINK_TYPE_RAW_IP);
        out.write(header);
    }

    /**
     * Writes one UDP packet.
     *
     * @param atMs time of the simulation
     * @param from four octets of IPv4 address
     * @param to   four octets of IPv4 address
     */
    public void datagram(
            long atMs, byte[] from, int fromPort, byte[] to, int toPort, byte[] frame, int offset, int length)
            throws IOException {
        if (length > PACKET_MAX - IP - UDP) {
            throw new IllegalArgumentException("length is " + length + ", must be 0.." + (PACKET_MAX - IP - UDP));
        }
        Bytes.putU16(packet, IP, fromPort);
        Bytes.putU16(packet, IP + 2, toPort);
        Bytes.putU16(packet, IP + 4, UDP + length);
        Bytes.putU16(packet, IP + 6, 0);
        System.arraycopy(frame, offset, packet, IP + UDP, length);
        int checksum = transportChecksum(from, to, PROTOCOL_UDP, UDP + length);
        Bytes.putU16(packet, IP + 6, checksum == 0 ? 0xFFFF : checksum); // 0 means none
        writeIp(atMs, from, to, PROTOCOL_UDP, UDP + length);
    }

    /** Begins a TCP connection, with its three packets. The client is {@code from}. */
    public PcapStream connect(long atMs, byte[] from, int fromPort, byte[] to, int toPort) throws IOException {
        return new PcapStream(this, atMs, from, fromPort, to, toPort);
    }

    /** Writes one TCP packet, its payload at most what fits an IPv4 packet. */
    void segment(
            long atMs,
            byte[] from,
            int fromPort,
            byte[] to,
            int toPort,
            long sequence,
            long acknowledged,
            int flags,
            byte[] payload,
            int offset,
            int length)
            throws IOException {
        Bytes.putU16(packet, IP, fromPort);
        Bytes.putU16(packet, IP + 2, toPort);
        Bytes.putU32(packet, IP + 4, sequence);
        Bytes.putU32(packet, IP + 8, acknowledged);
        Bytes.putU8(packet, IP + 12, (TCP / 4) << 4);
        Bytes.putU8(packet, IP + 13, flags);
        Bytes.putU16(packet, IP + 14, 0xFFFF);
        Bytes.putU32(packet, IP + 16, 0);
        System.arraycopy(payload, offset, packet, IP + TCP, length);
        Bytes.putU16(packet, IP + 16, transportChecksum(from, to, PROTOCOL_TCP, TCP + length));
        writeIp(atMs, from, to, PROTOCOL_TCP, TCP + length);
    }

    private int transportChecksum(byte[] from, byte[] to, int protocol, int length) {
        System.arraycopy(from, 0, pseudo, 0, 4);
        System.arraycopy(to, 0, pseudo, 4, 4);
        Bytes.putU16(pseudo, 8, protocol);
        Bytes.putU16(pseudo, 10, length);
        long sum = InternetChecksum.add(0, pseudo, 0, pseudo.length);
        return InternetChecksum.of(InternetChecksum.add(sum, packet, IP, length));
    }

    private void writeIp(long atMs, byte[] from, byte[] to, int protocol, int length) throws IOException {
        Bytes.putU16(packet, 0, 0x4500);
        Bytes.putU16(packet, 2, IP + length);
        Bytes.putU16(packet, 4, ++lastIdentification);
        Bytes.putU16(packet, 6, 0x4000); // do not fragment
        Bytes.putU8(packet, 8, 64);
        Bytes.putU8(packet, 9, protocol);
        Bytes.putU16(packet, 10, 0);
        System.arraycopy(from, 0, packet, 12, 4);
        System.arraycopy(to, 0, packet, 16, 4);
        Bytes.putU16(packet, 10, InternetChecksum.of(InternetChecksum.add(0, packet, 0, IP)));
        writeRecord(atMs, IP + length);
    }

    private void writeRecord(long atMs, int length) throws IOException {
        long unixMs = startUnixMs + atMs;
        Bytes.putU32(record, 0, unixMs / 1000);
        Bytes.putU32(record, 4, (unixMs % 1000) * 1000);
        Bytes.putU32(record, 8, length);
        Bytes.putU32(record, 12, length);
        out.write(record);
        out.write(packet, 0, length);
    }

    /** Ends the capture and closes its stream. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}

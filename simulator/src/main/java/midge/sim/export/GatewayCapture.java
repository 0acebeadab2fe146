package midge.sim.export;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttType;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Captures what a gateway sees on both sides: {@link GatewayCore#observe} it. MQTT-SN frames become UDP packets between their client and
 * the gateway, each MQTT connection a TCP stream between the gateway and the broker.
 *
 * <p>A capture that cannot be written ends, and {@link #failure} says why; the gateway goes on.
 */
public final class GatewayCapture implements PacketObserver, AutoCloseable {
    private static final byte[] GATEWAY = {10, (byte) 255, 0, 1};
    private static final byte[] BROKER = {10, (byte) 255, 0, 2};
    private static final int FIRST_PORT = 40_000;

    private final PcapWriter pcap;
    private final Map<Integer, PcapStream> streams = new HashMap<>();
    private final byte[] address = new byte[Peer.MAX_ADDRESS];
    private final byte[] host = new byte[4];
    private int lastPort = FIRST_PORT;
    private @Nullable IOException failure;

    /** Captures to {@code pcap}, which {@link #close} closes. */
    public GatewayCapture(PcapWriter pcap) {
        this.pcap = pcap;
    }

    /** {@return why the capture ended early, null when it did not} */
    public @Nullable IOException failure() {
        return failure;
    }

    @Override
    public void fromClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        attempt(() -> {
            int port = readAddress(peer);
            pcap.datagram(nowMs, host, port, GATEWAY, PcapWriter.MQTT_SN_PORT, frame, offset, length);
        });
    }

    @Override
    public void toClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {
        attempt(() -> {
            int port = readAddress(peer);
            pcap.datagram(nowMs, GATEWAY, PcapWriter.MQTT_SN_PORT, host, port, frame, offset, length);
        });
    }

    @Override
    public void toBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        attempt(() -> {
            PcapStream stream = streams.get(session);
            if (stream == null || MqttHeader.type(packet, offset) == MqttType.CONNECT) {
                if (stream != null) {
                    stream.close(nowMs);
                }
                stream = pcap.connect(nowMs, GATEWAY, ++lastPort & 0xFFFF, BROKER, PcapWriter.MQTT_PORT);
                streams.put(session, stream);
            }
            stream.up(nowMs, packet, offset, length);
        });
    }

    @Override
    public void fromBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        attempt(() -> {
            PcapStream stream = streams.get(session);
            if (stream != null) {
                stream.down(nowMs, packet, offset, length);
            }
        });
    }

    /**
     * Fills {@code host} with the peer's IPv4 address, or with octets made of another kind of address.
     *
     * @return a port for it
     */
    private int readAddress(Peer peer) {
        int length = peer.address(address, 0);
        if (length == 0) {
            Bytes.putU32(host, 0, 0xFFFF_FFFFL); // everyone
            return PcapWriter.MQTT_SN_PORT;
        }
        for (int i = 0; i < 4; i++) {
            host[i] = i < length ? address[i] : 0;
        }
        return length == 6 ? Bytes.u16(address, 4) : 50_000;
    }

    private void attempt(Writing writing) {
        if (failure != null) {
            return;
        }
        try {
            writing.run();
        } catch (IOException reason) {
            failure = reason;
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /** Ends the capture. */
    @Override
    public void close() throws IOException {
        pcap.close();
    }
}

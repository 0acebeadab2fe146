package midge.board.ble;

import java.io.IOException;
import java.util.Set;
import midge.board.DatagramLinkProvider;
import midge.board.jvm.UdpLink;
import midge.hal.Idle;
import midge.hal.link.ChunkedPort;
import midge.hal.link.DatagramLink;
import midge.hal.link.HdlcFraming;
import midge.hal.link.SerialDatagramLink;

/** {@code ble://AA:BB:CC:DD:EE:FF}: MQTT-SN with whoever is behind a BLE UART, framed as on a serial line, since modules cut and join. */
public final class BleLinkProvider implements DatagramLinkProvider {
    @Override
    public Set<String> schemes() {
        return Set.of(BleUri.SCHEME);
    }

    @Override
    public void check(String uri) {
        BleUri.parse(uri);
    }

    @Override
    public DatagramLink open(String uri, Idle idle) throws IOException {
        BleUri wanted = BleUri.parse(uri);
        Bluez bluez = Bluez.connect();
        try {
            BleUart uart = new BleUart(bluez, new BleSearch(bluez, wanted).connect(), idle);
            return new BleLink(new ChunkedPort(uart, BluezObjects.CHUNK_MOST));
        } catch (IOException | RuntimeException e) {
            bluez.close();
            throw e;
        }
    }

    /** A link that closes its port. */
    private static final class BleLink implements DatagramLink, AutoCloseable {
        private final ChunkedPort port;
        private final SerialDatagramLink link;

        BleLink(ChunkedPort port) {
            this.port = port;
            link = new SerialDatagramLink(port, new HdlcFraming(UdpLink.DEFAULT_MTU));
        }

        @Override
        public int mtu() {
            return link.mtu();
        }

        @Override
        public int send(int peer, byte[] frame, int offset, int length) {
            return link.send(peer, frame, offset, length);
        }

        @Override
        public int receive(byte[] into, int offset, int capacity) {
            return link.receive(into, offset, capacity);
        }

        @Override
        public int lastPeer() {
            return link.lastPeer();
        }

        @Override
        public void close() {
            port.close();
        }
    }
}

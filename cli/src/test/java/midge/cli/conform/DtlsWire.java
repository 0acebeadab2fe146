package midge.cli.conform;

import java.io.IOException;
import java.net.InetSocketAddress;
import midge.cli.e2e.DtlsClient;

/** DTLS with a shared key and a session of its own. */
final class DtlsWire implements Wire {
    /** Of every device of the suite, in hex. */
    static final String KEY = "202122232425262728292a2b2c2d2e2f";

    private final DtlsClient client;

    /** @param identity the word that all client ids of a run begin with */
    DtlsWire(InetSocketAddress gateway, String identity) throws IOException {
        client = new DtlsClient(gateway, identity, KEY);
    }

    @Override
    public void send(byte[] datagram) throws IOException {
        client.send(datagram);
    }

    @Override
    public byte[] receive(int withinMs) {
        return client.receive(Math.max(1, withinMs));
    }

    @Override
    public void close() {
        client.close();
    }
}

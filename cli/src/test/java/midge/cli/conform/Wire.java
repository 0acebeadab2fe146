package midge.cli.conform;

import java.io.IOException;

/** A device's way to the gateway: whole datagrams, one address. */
interface Wire extends AutoCloseable {
    void send(byte[] datagram) throws IOException;

    /** {@return the next datagram, null when none came in time} */
    byte[] receive(int withinMs) throws IOException;

    @Override
    void close();
}

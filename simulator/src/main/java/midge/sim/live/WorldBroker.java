package midge.sim.live;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import midge.sim.broker.BrokerPorts;
import midge.sim.stream.BrokerNode;

/** Lets clients outside of a world, such as {@code mosquitto_sub}, use the broker in it. */
public final class WorldBroker {
    private final BrokerNode node;
    private final BrokerDoor door;
    private final int port;

    /**
     * Listens from now on. Not to be called on the event loop.
     *
     * @param node lives on {@code loop}
     * @param port the one wanted; when it is taken the next free one of the 100 from there on; 0 for any
     * @throws IOException when none of these ports can be had, with the reason
     */
    public WorldBroker(EventLoop loop, BrokerNode node, InetAddress address, int port) throws IOException {
        this.node = node;
        door = new BrokerDoor(loop, new Host());
        this.port = door.listen(address, port, BrokerDoor.PORTS_TRIED);
    }

    /** {@return the port that it listens on} */
    public int port() {
        return port;
    }

    /** To be called after the world has moved: sends what the broker has left. On the event loop. */
    void flush() {
        node.vouchForOutside();
        door.flush();
    }

    /** Stops listening. Not to be called on the event loop. */
    void close() {
        door.close();
    }

    private final class Host implements BrokerHost {
        @Override
        public int opened(BrokerPorts ports) {
            return node.openOutside(ports);
        }

        @Override
        public void octets(int connection, byte[] octets, int offset, int length) {
            node.onOutside(connection, octets, offset, length);
        }

        @Override
        public void writable(int connection, boolean writable) {
            node.onOutsideWritable(connection, writable);
        }

        @Override
        public void closed(int connection) {
            node.endOutside(connection);
        }

        @Override
        public void settle() {
            door.flush();
        }
    }
}

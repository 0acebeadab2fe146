package midge.sim.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import midge.sim.Alarm;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.broker.BrokerPorts;
import midge.sim.broker.SimBroker;
import midge.wire.Prng;

/** A {@link SimBroker} in a world, reached over simulated streams; it can be stopped and started again. */
public final class BrokerNode implements StreamServer {
    /** Kind of {@link World#trace} under which octets on streams go. */
    public static final int TRACE_STREAM = 2;

    private final World world;
    private final Prng prng;
    private final StreamFaults faults = new StreamFaults();
    private final Map<Integer, SimStream> streams = new LinkedHashMap<>();
    private final Map<Integer, BrokerPorts> outside = new LinkedHashMap<>();
    private final List<StreamTap> taps = new ArrayList<>();
    private final SimBroker broker;
    private final Alarm alarm;
    private int lastNumber;
    private boolean stopped;

    /**
     * A broker that listens.
     *
     * @param name tells it from others of the same world
     */
    public BrokerNode(World world, BrokerConfig config, String name) {
        this.world = world;
        prng = world.prng("streams/" + name);
        broker = new SimBroker(config, new Ports(), world.seedFor("broker/" + name), world.nowMs());
        alarm = new Alarm(world, this::onDeadline);
    }

    /** {@return the faults of all streams to this broker, to be changed at any time} */
    public StreamFaults faults() {
        return faults;
    }

    /** {@return the broker, for its counters; do not feed it} */
    public SimBroker broker() {
        return broker;
    }

    @Override
    public SimStream connect(StreamUser user) {
        return connect(user, faults);
    }

    /** As {@link #connect(StreamUser)}, with faults of its own. */
    public SimStream connect(StreamUser user, StreamFaults own) {
        return new SimStream(world, this, ++lastNumber, own, prng, user);
    }

    /** Shows what arrives on all streams to {@code tap} from now on. */
    public void addTap(StreamTap tap) {
        taps.add(tap);
    }

    /** Stops the broker: all streams break, and no one can connect. It keeps its sessions, as a broker with a disk does. */
    public void stop() {
        stopped = true;
        for (SimStream stream : new ArrayList<>(streams.values())) {
            stream.fail();
        }
        new ArrayList<>(outside.keySet()).forEach(this::dropOutside);
    }

    /** Listens again. */
    public void start() {
        stopped = false;
    }

    /** {@return whether it listens} */
    public boolean isUp() {
        return !stopped;
    }

    /**
     * Lets a connection in that comes from outside of the world, such as a real socket. Its octets are not traced.
     *
     * @param ports what the broker does to this connection; may be called before this returns
     * @return its number, for the methods below
     */
    public int openOutside(BrokerPorts ports) {
        int number = ++lastNumber;
        if (stopped) {
            ports.close(number);
            return number;
        }
        outside.put(number, ports);
        broker.onOpen(number, world.nowMs());
        settle();
        return number;
    }

    /** Octets came on a connection from outside. */
    public void onOutside(int number, byte[] octets, int offset, int length) {
        if (outside.containsKey(number)) {
            broker.onBytes(number, octets, offset, length, world.nowMs());
            settle();
        }
    }

    /** Whether a connection from outside takes more octets now. */
    public void onOutsideWritable(int number, boolean writable) {
        broker.onWritable(number, writable, world.nowMs());
        settle();
    }

    /** A connection from outside has ended. */
    public void endOutside(int number) {
        if (outside.remove(number) != null) {
            broker.onClosed(number, world.nowMs());
            settle();
        }
    }

    /**
     * Begins the silence of all connections from outside anew. Their clients live by a clock of their own, so that a world that runs faster
     * has to vouch for them.
     */
    public void vouchForOutside() {
        outside.keySet().forEach(number -> broker.vouchFor(number, world.nowMs()));
    }

    private void dropOutside(int number) {
        BrokerPorts ports = outside.get(number);
        endOutside(number);
        if (ports != null) {
            ports.close(number);
        }
    }

    void onArrived(SimStream stream) {
        if (stopped) {
            stream.refused();
            return;
        }
        streams.put(stream.number(), stream);
        stream.accepted();
        broker.onOpen(stream.number(), world.nowMs());
        settle();
    }

    void onOctets(SimStream stream, byte[] octets, int offset, int length) {
        show(stream, true, octets, offset, length);
        broker.onBytes(stream.number(), octets, offset, length, world.nowMs());
        settle();
    }

    void onEnded(SimStream stream) {
        if (streams.remove(stream.number()) != null) {
            broker.onClosed(stream.number(), world.nowMs());
            settle();
        }
    }

    void onWritable(SimStream stream, boolean writable) {
        broker.onWritable(stream.number(), writable, world.nowMs());
    }

    void show(SimStream stream, boolean up, byte[] octets, int offset, int length) {
        world.trace(TRACE_STREAM, up ? stream.number() : -stream.number(), octets, offset, length);
        for (StreamTap tap : taps) {
            tap.onOctets(stream.number(), up, world.nowMs(), octets, offset, length);
        }
    }

    private void onDeadline() {
        broker.onTimeout(world.nowMs());
        settle();
    }

    private void settle() {
        alarm.set(broker.nextDeadlineMs());
    }

    private final class Ports implements BrokerPorts {
        @Override
        public void send(int connection, byte[] octets, int offset, int length) {
            SimStream stream = streams.get(connection);
            if (stream != null) {
                stream.sendDown(octets, offset, length);
                return;
            }
            BrokerPorts ports = outside.get(connection);
            if (ports != null) {
                ports.send(connection, octets, offset, length);
            }
        }

        @Override
        public void close(int connection) {
            SimStream stream = streams.remove(connection);
            if (stream != null) {
                stream.closeDown();
                return;
            }
            BrokerPorts ports = outside.remove(connection);
            if (ports != null) {
                ports.close(connection);
            }
        }
    }
}

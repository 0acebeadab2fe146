package midge.sim.gateway;

import midge.gateway.config.GatewayConfig;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;
import midge.gateway.store.StateStore;
import midge.sim.Alarm;
import midge.sim.World;
import midge.sim.net.SimNetwork;
import midge.sim.net.SimPort;
import midge.sim.store.SimStorage;
import midge.sim.stream.ClientStream;
import midge.sim.stream.StreamServer;
import midge.sim.stream.StreamUser;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own core in a world: its frames go over a {@link SimNetwork}, its broker connections to a {@link StreamServer}, its sessions
 * to a journal that outlives a crash.
 */
public final class SimGateway {
    private static final int LISTENER = 0;

    private final World world;
    private final SimNetwork network;
    private final SimPort port;
    private final StreamServer broker;
    private final GatewayConfig config;
    private final String name;
    private final SimStorage first = new SimStorage();
    private final SimStorage second = new SimStorage();
    private final Alarm alarm;
    private final @Nullable Link[] links;
    private GatewayCore core;
    private int starts;
    private PacketObserver observer = PacketObserver.NONE;
    private long formerRetransmissions;
    private boolean down;
    private final Peer from = new Peer();
    private final byte[] address = new byte[Peer.MAX_ADDRESS];

    /**
     * Joins the network and waits for clients.
     *
     * @param name tells it from others of the same world
     */
    public SimGateway(World world, SimNetwork network, StreamServer broker, GatewayConfig config, String name) {
        this.world = world;
        this.network = network;
        this.broker = broker;
        this.config = config;
        this.name = name;
        core = newCore();
        links = new Link[core.links()];
        alarm = new Alarm(world, this::onDeadline);
        port = network.port(name, this::onFrame);
        core.restore(world.nowMs());
        settle();
    }

    /** {@return the gateway's number on its network} */
    public int node() {
        return port.node();
    }

    /** {@return the core, for its counters and observers; do not feed it. After {@link #start} it is another one} */
    public GatewayCore core() {
        return core;
    }

    /** Kills the process: its memory is lost, its broker connections break, frames to it are lost. What it was writing is torn. */
    public void crash() {
        down = true;
        Prng prng = world.prng("crash of " + name + "/" + starts);
        first.crash(prng);
        second.crash(prng);
        alarm.set(World.NEVER);
        for (int i = 0; i < links.length; i++) {
            Link link = links[i];
            links[i] = null;
            if (link != null) {
                link.stream.close();
            }
        }
    }

    /** Lets an observer see every packet from now on, also after a restart; for that of the present process alone observe the core. */
    public void observe(PacketObserver observer) {
        this.observer = observer;
        core.observe(observer);
    }

    /** {@return frames that it sent again because no answer came, over all its starts} */
    public long retransmissions() {
        return formerRetransmissions + core.counters().value(GatewayCounters.RETRANSMITTED);
    }

    /** {@return whether the process runs} */
    public boolean isUp() {
        return !down;
    }

    /** Starts the process anew after {@link #crash}, on the journal of the one before. */
    public void start() {
        formerRetransmissions = retransmissions();
        core = newCore();
        down = false;
        core.restore(world.nowMs());
        settle();
    }

    /** Crashes it, unless it is down already, and starts it {@code awayMs} later. */
    public void restart(long awayMs) {
        if (isUp()) {
            crash();
            world.after(awayMs, () -> {
                if (!isUp()) {
                    start();
                }
            });
        }
    }

    private GatewayCore newCore() {
        long seed = world.seedFor("gateway/" + name + "/" + starts++);
        StateStore store = new StateStore(first, second, config.durability(), config.storeBatchMs());
        GatewayCore fresh = new GatewayCore(config, new Ports(), seed, store);
        fresh.scatterTopicIds(Long.hashCode(seed));
        fresh.observe(observer);
        return fresh;
    }

    private void onFrame(int fromNode, byte[] frame, int offset, int length) {
        if (down) {
            return;
        }
        byte[] here = network.address(fromNode);
        core.onDatagram(from.set(LISTENER, here, 0, here.length), frame, offset, length, world.nowMs());
        settle();
    }

    private void onDeadline() {
        core.onTimeout(world.nowMs());
        settle();
    }

    /** Frames and octets are on their way already, which makes no difference: a crash never comes between them and this. */
    private void settle() {
        core.commit(world.nowMs());
        alarm.set(core.nextDeadlineMs());
    }

    private final class Ports implements GatewayPorts {
        @Override
        public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
            int addressLength = to.address(address, 0);
            if (addressLength == 0) {
                port.send(SimPort.EVERYONE, frame, offset, length);
            } else {
                port.send(address, 0, addressLength, frame, offset, length);
            }
        }

        @Override
        public void openBroker(int session) {
            links[session] = new Link(session);
        }

        @Override
        public int sendBroker(int session, byte[] octets, int offset, int length) {
            Link link = links[session];
            return link == null ? 0 : link.stream.send(octets, offset, length);
        }

        @Override
        public void closeBroker(int session) {
            Link link = links[session];
            links[session] = null;
            if (link != null) {
                link.stream.close();
            }
        }
    }

    /** One broker connection; a late word from a former one of the same session does not reach the core. */
    private final class Link implements StreamUser {
        final ClientStream stream;
        private final int session;

        Link(int session) {
            this.session = session;
            stream = broker.connect(this);
        }

        @Override
        public void onOpen() {
            core.onBrokerOpen(session, world.nowMs());
            settle();
        }

        @Override
        public void onOctets(byte[] octets, int offset, int length) {
            core.onBrokerBytes(session, octets, offset, length, world.nowMs());
            settle();
        }

        @Override
        public void onWritable() {
            core.onBrokerWritable(session, world.nowMs());
            settle();
        }

        @Override
        public void onClosed() {
            links[session] = null;
            core.onBrokerClosed(session, world.nowMs());
            settle();
        }
    }
}

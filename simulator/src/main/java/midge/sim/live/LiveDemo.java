package midge.sim.live;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import midge.gateway.config.GatewayConfig;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Transport;
import midge.sim.World;
import midge.sim.device.Ledger;
import midge.sim.device.SimDevice;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;

/**
 * Six virtual devices, a lossy radio and a gateway, in real time on one event loop. The gateway's way to the broker is TCP, as
 * everywhere; the broker may be ours or any other. Methods may be called from any thread but the loop's own.
 */
public final class LiveDemo {
    private static final int RETRY_MS = 600;
    private static final int RETRIES = 10;
    private static final int LATENCY_MS = 5;
    private static final int JITTER_MS = 10;

    private final EventLoop loop;
    private final Ledger ledger;
    private final SimNetwork network;
    private final GatewayLoop gateway;
    private final LiveWorld live;
    private final Greenhouse house;

    /**
     * Builds everything; {@link #start} lets it run.
     *
     * @param loop   of NIO kind
     * @param broker where the gateway connects to
     * @param loss   probability, 0.0..1.0, that a frame on the radio is lost
     * @param seed   decides weather, motion, losses and back-off
     */
    public LiveDemo(EventLoop loop, InetSocketAddress broker, double loss, long seed, Ledger ledger) {
        this.loop = loop;
        this.ledger = ledger;
        World world = new World(seed);
        network = new SimNetwork(world, RadioProfile.ieee802154(), "demo");
        network.faults().setLoss(loss).setLatency(LATENCY_MS, JITTER_MS);
        GatewayConfig config =
                GatewayConfig.builder().retryMs(RETRY_MS).retryLimit(RETRIES).build();
        gateway = new GatewayLoop(loop, Transport.NIO, broker, config, world.seedFor("gateway"));
        RadioListener radio = gateway.addListener(number -> new RadioListener(network, gateway, number));
        house = new Greenhouse(world, network, radio.node(), ledger);
        live = new LiveWorld(world, loop, gateway::settle);
    }

    /** Switches the devices on. */
    public void start() {
        onLoop(() -> {
            house.start();
            live.start();
            return null;
        });
    }

    /** {@return names of the devices} */
    public List<String> devices() {
        return house.devices().stream().map(SimDevice::name).toList();
    }

    /** {@return the topics that take commands, each with what it commands} */
    public List<String> commandTopics() {
        return house.commandTopics();
    }

    /** Changes the radio's loss while it runs. */
    public void setLoss(double loss) {
        onLoop(() -> network.faults().setLoss(loss));
    }

    /** {@return devices that are connected now} */
    public int connected() {
        return onLoop(() ->
                (int) house.devices().stream().filter(SimDevice::isConnected).count());
    }

    /** {@return frames that devices and gateway sent again because no answer came} */
    public long retransmitted() {
        return onLoop(() ->
                house.devices().stream().mapToLong(SimDevice::retransmissions).sum()
                        + gateway.core().counters().value(midge.gateway.port.GatewayCounters.RETRANSMITTED));
    }

    /** Takes no more new readings; those on their way are still delivered. */
    public void quiet() {
        onLoop(() -> {
            house.devices().forEach(SimDevice::quiet);
            return null;
        });
    }

    /** {@return whether everything on its way has arrived} */
    public boolean isSettled() {
        return onLoop(() -> house.devices().stream().allMatch(SimDevice::isIdle)) && ledger.isSettled();
    }

    /** Lets the devices say goodbye. */
    public void disconnect() {
        onLoop(() -> {
            house.devices().forEach(SimDevice::disconnect);
            return null;
        });
    }

    /** Ends the demo. */
    public void close() {
        onLoop(() -> {
            live.stop();
            gateway.close();
            return null;
        });
    }

    private <T> T onLoop(Callable<T> work) {
        try {
            return loop.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}

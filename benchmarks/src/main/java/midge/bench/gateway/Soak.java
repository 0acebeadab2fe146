package midge.bench.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clients that come, publish, change their address and go, at a steady rate: what lasts an hour and shows whether memory grows. A
 * subscriber at the broker sees whether all that was acknowledged at QoS 1 and 2 has come.
 */
final class Soak implements LoadClient.Work, AutoCloseable {
    /** What has happened so far. */
    record Counts(long connected, long published, long moved, long disconnected, int missing, int failures) {}

    private static final int DATAGRAM = 1_500;
    private static final long STEP_MS = 10;
    private static final long PATIENCE_MS = 30_000;

    private final LoadLoop loop;
    private final BrokerSide brokerSide;
    private final InetSocketAddress gateway;
    private final ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM);
    private final SplittableRandom random;
    private final List<LoadClient> clients = new ArrayList<>();
    private final int actionsPerS;
    private long connected;
    private long published;
    private long moved;
    private long disconnected;
    private int missing;
    private int failures;

    /**
     * @param clients     that exist; half of them are connected on average
     * @param actionsPerS how many of them do something in a second
     */
    Soak(InetSocketAddress gateway, InetSocketAddress broker, int clients, int actionsPerS, long seed)
            throws IOException {
        this.gateway = gateway;
        this.actionsPerS = actionsPerS;
        random = new SplittableRandom(seed);
        brokerSide = new BrokerSide(broker, clients, this::receivedAtBroker);
        loop = new LoadLoop(brokerSide::flush);
        loop.add(brokerSide);
        for (int i = 0; i < clients; i++) {
            this.clients.add(open(i));
        }
        brokerSide.register(loop.selector(), loop.nowMs());
        loop.run(brokerSide::isConnected, PATIENCE_MS);
        brokerSide.subscribe(2, loop.nowMs());
        loop.run(brokerSide::isSubscribed, PATIENCE_MS);
    }

    private LoadClient open(int index) throws IOException {
        LoadClient client = new LoadClient(index, "soak-", gateway, buffer, this);
        client.register(loop.selector());
        loop.add(client);
        return client;
    }

    /** Goes on for a while. @return what has happened since the beginning */
    Counts run(long durationMs) throws IOException {
        loop.run(() -> false, 0); // the clock moved on since the last call
        long startMs = loop.nowMs();
        long done = 0;
        while (loop.nowMs() - startMs < durationMs) {
            for (; done * 1_000 < (loop.nowMs() - startMs) * actionsPerS; done++) {
                act(random.nextInt(clients.size()));
            }
            loop.run(() -> false, STEP_MS);
        }
        loop.run(() -> clients.stream().allMatch(client -> client.track.waitingSinceNs() == 0), PATIENCE_MS);
        loop.run(() -> clients.stream().allMatch(client -> client.track.hasAll()), PATIENCE_MS);
        int now = clients.stream().mapToInt(client -> client.track.missing()).sum();
        return new Counts(connected, published, moved, disconnected, missing + now, failures);
    }

    private void act(int index) throws IOException {
        LoadClient client = clients.get(index);
        if (client.track.waitingSinceNs() != 0) {
            return; // one message at a time
        }
        int choice = random.nextInt(100);
        if (client.isIdle()) {
            client.connect(loop.nowMs());
        } else if (!client.isActive()) {
            return; // it comes or goes
        } else if (choice < 80) {
            client.publish(1 + choice % 2, loop.nowMs());
        } else if (choice < 90) {
            client.disconnect(loop.nowMs());
        } else {
            move(client);
            return;
        }
        client.transmit();
    }

    /** The same client from another port, as after a new lease of its address. */
    private void move(LoadClient client) throws IOException {
        moved++;
        missing += client.track.missing();
        loop.remove(client);
        LoadClient there = open(client.track.index);
        clients.set(client.track.index, there);
        there.connect(loop.nowMs());
        there.transmit();
    }

    private void receivedAtBroker(int index, int number) {
        clients.get(index).track.came(number);
    }

    @Override
    public void connected(LoadClient client) {
        connected++;
    }

    @Override
    public void subscribed(LoadClient client) {}

    @Override
    public void delivered(LoadClient client) {
        published++;
        client.track.finish(System.nanoTime());
    }

    @Override
    public void received(LoadClient client, int number) {}

    @Override
    public void failed(LoadClient client, String why) {
        failures++;
    }

    @Override
    public void disconnected(LoadClient client) {
        disconnected++;
    }

    @Override
    public void turned(LoadClient client) {}

    @Override
    public void close() throws IOException {
        loop.close();
    }
}

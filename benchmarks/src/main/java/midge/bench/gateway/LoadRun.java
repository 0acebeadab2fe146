package midge.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs one {@link LoadCase}: connects all clients, keeps one message of each in flight, and looks what has come of them. */
final class LoadRun implements LoadClient.Work, AutoCloseable {
    /** Clients that connect at one time, so that the gateway's receive buffer can take what they send. */
    private static final int CONNECTING = 200;

    private static final int DATAGRAM = 1_500;
    private static final long PATIENCE_MS = 60_000;
    /** A QoS 0 message that has not come by then will not. */
    private static final long LOST_NS = 500_000_000;

    private final LoadCase load;
    private final ProcessMeter meter;
    private final LoadLoop loop;
    private final List<LoadClient> clients = new ArrayList<>();
    private final BrokerSide brokerSide;
    private Latencies latencies = new Latencies();
    private long connectNs;
    private int begun;
    private int ready;
    private int gone;
    private boolean sending;
    private String failure = "";

    LoadRun(LoadCase load, InetSocketAddress gateway, InetSocketAddress broker, ProcessMeter meter) throws IOException {
        this.load = load;
        this.meter = meter;
        brokerSide = new BrokerSide(broker, load.clients(), this::receivedAtBroker);
        loop = new LoadLoop(brokerSide::flush);
        loop.add(brokerSide);
        ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM);
        for (int i = 0; i < load.clients(); i++) {
            LoadClient client = new LoadClient(i, "load-", gateway, buffer, this);
            loop.add(client);
            clients.add(client);
            client.register(loop.selector());
        }
    }

    /** @throws IOException with what went wrong, when not everything went well */
    LoadResult run() throws IOException {
        connect();
        sending = true;
        for (LoadClient client : clients) {
            next(client);
        }
        loop.run(() -> false, load.warmUpMs());
        latencies = new Latencies();
        meter.start();
        long measuredNs = System.nanoTime();
        loop.run(() -> false, load.measureMs());
        long nanos = System.nanoTime() - measuredNs;
        ProcessMeter.Cost cost = meter.cost();
        Latencies measured = latencies;
        latencies = new Latencies();
        finish();
        int lost = 0;
        int repeated = 0;
        int resent = 0;
        for (LoadClient client : clients) {
            lost += isWatched() ? client.track.missing() : 0;
            repeated += client.track.repeated();
            resent += client.retransmissions();
        }
        return new LoadResult(load, measured.count(), nanos, measured, lost, repeated, resent, cost);
    }

    private boolean isWatched() {
        return !load.up() || load.subscribesAtBroker();
    }

    /** Connects all clients, and subscribes them when messages go down. */
    void connect() throws IOException {
        brokerSide.register(loop.selector(), loop.nowMs());
        until(brokerSide::isConnected, "connection to the broker");
        if (load.subscribesAtBroker()) {
            brokerSide.subscribe(load.qos(), loop.nowMs());
            until(brokerSide::isSubscribed, "subscription at the broker");
        }
        long startNs = System.nanoTime();
        while (begun < Math.min(CONNECTING, clients.size())) {
            connectOne();
        }
        until(() -> ready == clients.size(), "connection of all clients");
        connectNs = System.nanoTime() - startNs;
    }

    /** {@return how long all clients took, ns} */
    long connectNs() {
        return connectNs;
    }

    private void connectOne() {
        if (begun < clients.size()) {
            LoadClient client = clients.get(begun++);
            client.connect(loop.nowMs());
            transmit(client);
        }
    }

    /** Lets what is in flight arrive, then says goodbye. At QoS 0 a message that is lost is waited for in vain. */
    void finish() throws IOException {
        sending = false;
        loop.run(
                () -> clients.stream().allMatch(client -> client.track.waitingSinceNs() == 0),
                load.qos() == 0 ? 1_000 : PATIENCE_MS);
        loop.run(
                () -> !isWatched() || clients.stream().allMatch(client -> client.track.hasAll()),
                load.qos() == 0 ? 0 : 5_000);
        for (LoadClient client : clients) {
            client.disconnect(loop.nowMs());
            client.transmit();
        }
        until(() -> gone == clients.size(), "end of all clients");
    }

    private void until(BooleanSupplier done, String what) throws IOException {
        if (!loop.run(() -> done.getAsBoolean() || !failure.isEmpty(), PATIENCE_MS)) {
            throw new IOException(load + ": no " + what + " within " + PATIENCE_MS / 1000 + " s; ready " + ready);
        }
        if (!failure.isEmpty()) {
            throw new IOException(load + ": " + failure);
        }
    }

    private void next(LoadClient client) {
        if (!sending) {
            return;
        }
        if (load.up()) {
            client.publish(load.qos(), loop.nowMs());
            transmit(client);
        } else {
            brokerSide.publish(client, load.qos());
        }
    }

    private static void transmit(LoadClient client) {
        try {
            client.transmit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finished(LoadClient client) {
        long nanos = client.track.finish(System.nanoTime());
        if (nanos >= 0) {
            latencies.add(nanos);
            next(client);
        }
    }

    private void receivedAtBroker(int index, int number) {
        LoadClient client = clients.get(index);
        client.track.came(number);
        if (load.qos() == 0) {
            finished(client);
        }
    }

    @Override
    public void connected(LoadClient client) {
        if (load.up()) {
            isReady();
        } else {
            client.subscribe(load.qos(), loop.nowMs());
        }
    }

    @Override
    public void subscribed(LoadClient client) {
        isReady();
    }

    private void isReady() {
        ready++;
        connectOne();
    }

    @Override
    public void delivered(LoadClient client) {
        if (load.qos() > 0) {
            finished(client);
        }
    }

    @Override
    public void received(LoadClient client, int number) {
        client.track.came(number);
        finished(client);
    }

    /** At QoS 0 a message that is lost is not sent again, and its client would wait for ever. */
    @Override
    public void turned(LoadClient client) {
        long sinceNs = client.track.waitingSinceNs();
        if (load.qos() == 0 && sinceNs != 0 && System.nanoTime() - sinceNs > LOST_NS) {
            client.track.finish(sinceNs);
            next(client);
        }
    }

    @Override
    public void failed(LoadClient client, String why) {
        failure = "client " + client.track.index + ": " + why;
    }

    @Override
    public void disconnected(LoadClient client) {
        gone++;
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}

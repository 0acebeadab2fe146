package midge.gateway.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;

/**
 * Real clients, the real gateway and {@link TinyBroker} in virtual time, over datagrams that get lost, doubled and overtaken and broker
 * connections that break. One seed decides everything.
 */
final class Pair implements GatewayPorts {
    private static final int DATAGRAM_MS = 120;
    private static final int STREAM_MS = 5;
    /** Copies come late, even after the exchange is over. */
    private static final int UP_COPY_MS = 400;

    private static final int DOWN_COPY_MS = 400;

    final TinyBroker broker = new TinyBroker(this::brokerSends);
    final GatewayCore core;
    final List<Node> nodes = new ArrayList<>();
    boolean faulty = true;
    int breaks;

    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final int[] epochs = new int[16];
    private final boolean[] open = new boolean[16];
    private final double loss;
    private long nowMs;
    private long order;
    private long gatewayArmedMs = Long.MAX_VALUE;

    private record Event(long atMs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Pair(long seed, int clients, double loss) {
        random = new Random(seed);
        this.loss = loss;
        core = new GatewayCore(
                GatewayConfig.builder()
                        .maxSessions(8)
                        .retryMs(1_000)
                        .retryLimit(6)
                        .backoffMs(200, 2_000)
                        .brokerKeepAliveS(20)
                        .build(),
                this,
                seed);
        if (Boolean.getBoolean("midge.trace")) {
            core.observe(new PacketObserver() {
                @Override
                public void fromClient(int session, Peer peer, byte[] f, int o, int l, long t) {
                    System.out.println(t + " " + session + " sn< " + midge.profile.Hex.of(f, o, l));
                }

                @Override
                public void toClient(int session, Peer peer, byte[] f, int o, int l, long t) {
                    System.out.println(t + " " + session + " sn> " + midge.profile.Hex.of(f, o, l));
                }

                @Override
                public void fromBroker(int session, byte[] f, int o, int l, long t) {
                    System.out.println(t + " " + session + " mq< " + midge.profile.Hex.of(f, o, l));
                }

                @Override
                public void toBroker(int session, byte[] f, int o, int l, long t) {
                    System.out.println(t + " " + session + " mq> " + midge.profile.Hex.of(f, o, l));
                }

                @Override
                public void onState(int session, int from, int to, long t) {
                    System.out.println(
                            t + " " + session + " " + SessionState.name(from) + "->" + SessionState.name(to));
                }

                @Override
                public void onDropped(int session, int counter, long t) {
                    System.out.println(t + " " + session + " drop " + GatewayCounters.name(counter));
                }
            });
        }
        for (int i = 0; i < clients; i++) {
            nodes.add(new Node(i));
        }
    }

    long nowMs() {
        return nowMs;
    }

    void after(long ms, Runnable action) {
        events.add(new Event(nowMs + ms, order++, action));
    }

    void run(long ms) {
        long endMs = nowMs + ms;
        while (!events.isEmpty() && events.peek().atMs <= endMs) {
            Event event = events.remove();
            nowMs = event.atMs;
            event.action.run();
            armGateway();
        }
        nowMs = endMs;
    }

    private void armGateway() {
        long deadlineMs = core.nextDeadlineMs();
        if (deadlineMs < gatewayArmedMs) {
            gatewayArmedMs = deadlineMs;
            after(Math.max(0, deadlineMs - nowMs), () -> {
                gatewayArmedMs = Long.MAX_VALUE;
                core.onTimeout(nowMs);
            });
        }
    }

    /**
     * A datagram arrives never, once or twice.
     *
     * @param copyMs how much later than the first the second may be
     */
    private void transmit(byte[] frame, int copyMs, Consumer<byte[]> receiver) {
        if (!faulty) {
            after(10, () -> receiver.accept(frame));
            return;
        }
        if (random.nextDouble() < loss) {
            return;
        }
        int delayMs = random.nextInt(DATAGRAM_MS);
        after(delayMs, () -> receiver.accept(frame));
        if (random.nextInt(10) == 0) {
            after(delayMs + random.nextInt(copyMs), () -> receiver.accept(frame));
        }
    }

    @Override
    public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
        byte[] address = new byte[Peer.MAX_ADDRESS];
        to.address(address, 0);
        Node node = nodes.get(address[0]);
        byte[] copy = new byte[length];
        System.arraycopy(frame, offset, copy, 0, length);
        transmit(copy, DOWN_COPY_MS, node::onDatagram);
    }

    @Override
    public void openBroker(int session) {
        int epoch = ++epochs[session];
        after(STREAM_MS, () -> {
            if (epochs[session] == epoch) {
                open[session] = true;
                broker.onOpen(session);
                core.onBrokerOpen(session, nowMs);
            }
        });
    }

    @Override
    public int sendBroker(int session, byte[] octets, int offset, int length) {
        int taken = faulty && random.nextInt(10) == 0 ? random.nextInt(length + 1) : length;
        byte[] copy = new byte[taken];
        System.arraycopy(octets, offset, copy, 0, taken);
        int epoch = epochs[session];
        after(STREAM_MS, new ToBroker(session, epoch, () -> {
            if (epochs[session] == epoch) {
                broker.onBytes(session, copy);
            }
        }));
        return taken;
    }

    @Override
    public void closeBroker(int session) {
        // What was taken still arrives: close on the broker's side at once, after the octets under way.
        int epoch = epochs[session];
        open[session] = false;
        flushTo(session, epoch);
        broker.onClosed(session);
        epochs[session]++;
    }

    /** Lets octets under way to the broker arrive now, in order. */
    private void flushTo(int session, int epoch) {
        List<Event> due = new ArrayList<>(events);
        due.sort(null);
        for (Event event : due) {
            if (event.action instanceof ToBroker toBroker && toBroker.session == session && toBroker.epoch == epoch) {
                event.action.run();
                events.remove(event);
            }
        }
    }

    private record ToBroker(int session, int epoch, Runnable action) implements Runnable {
        @Override
        public void run() {
            action.run();
        }
    }

    private void brokerSends(int link, byte[] octets) {
        int epoch = epochs[link];
        int cut = octets.length > 1 ? 1 + random.nextInt(octets.length - 1) : octets.length;
        after(STREAM_MS, () -> {
            if (epochs[link] == epoch && open[link]) {
                core.onBrokerBytes(link, octets, 0, cut, nowMs);
            }
            if (epochs[link] == epoch && open[link] && cut < octets.length) {
                core.onBrokerBytes(link, octets, cut, octets.length - cut, nowMs);
            }
        });
    }

    /** The network breaks one broker connection; what was under way is lost. */
    void breakALink() {
        int link = random.nextInt(nodes.size());
        if (open[link]) {
            breaks++;
            epochs[link]++;
            open[link] = false;
            broker.onClosed(link);
            core.onBrokerClosed(link, nowMs);
        }
    }

    /** One device: publishes numbered messages and notes what it hears. */
    final class Node extends SnQuietListener {
        final int number;
        final SnClient client;
        final Map<Integer, String> tokens = new HashMap<>();
        final List<String> confirmed = new ArrayList<>();
        final List<String> refused = new ArrayList<>();
        final List<String> heard = new ArrayList<>();
        boolean subscribed;
        int published;
        int reconnects;
        private long armedMs = Long.MAX_VALUE;
        private final byte[] out = new byte[512];

        Node(int number) {
            this.number = number;
            client = new SnClient(
                    SnClientConfig.builder("dev" + number)
                            .cleanSession(false)
                            .keepAliveS(20)
                            .retryMs(1_000)
                            .retries(6)
                            .waitMs(2_000)
                            .outboxOctets(600)
                            .build(),
                    this);
            after(number, () -> {
                client.connect(nowMs);
                settle();
            });
        }

        void publish(int qos) {
            String text = "q" + qos + "-" + published++;
            byte[] topic = ("up/" + number).getBytes(StandardCharsets.UTF_8);
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            int token = client.publish(topic, 0, topic.length, SnFlags.ofQos(qos), data, 0, data.length, nowMs);
            if (token >= 0) {
                tokens.put(token, "up/" + number + "=" + text);
            }
            settle();
        }

        void onDatagram(byte[] frame) {
            client.onDatagram(frame, 0, frame.length, nowMs);
            settle();
        }

        void settle() {
            for (int n = client.pollTransmit(out, 0, out.length); n > 0; n = client.pollTransmit(out, 0, out.length)) {
                byte[] copy = new byte[n];
                System.arraycopy(out, 0, copy, 0, n);
                Peer key = Peer.of(0, (byte) number);
                transmit(copy, UP_COPY_MS, frame -> core.onDatagram(key, frame, 0, frame.length, nowMs));
            }
            long deadlineMs = client.nextDeadlineMs();
            if (deadlineMs < armedMs) {
                armedMs = deadlineMs;
                after(Math.max(0, deadlineMs - nowMs), () -> {
                    armedMs = Long.MAX_VALUE;
                    client.onTimeout(nowMs);
                    settle();
                });
            }
        }

        @Override
        public void onConnected(boolean resumed, long atMs) {
            if (!subscribed) {
                byte[] filter = ("cmd/" + number + "/#").getBytes(StandardCharsets.UTF_8);
                client.subscribe(filter, 0, filter.length, SnFlags.QOS_2, atMs);
            }
        }

        @Override
        public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long atMs) {
            subscribed |= returnCode == 0;
        }

        @Override
        public void onDisconnected(int cause, int returnCode, long atMs) {
            reconnects++;
            after(500, () -> {
                client.newGateway();
                client.connect(nowMs);
                settle();
            });
        }

        @Override
        public void onDelivered(int token, int returnCode, long atMs) {
            String text = tokens.remove(token);
            if (text != null) {
                (returnCode == 0 ? confirmed : refused).add(text);
            }
        }

        @Override
        public void onMessage(
                int flags, int topicId, byte[] topic, int to, int tl, byte[] data, int offset, int length, long atMs) {
            heard.add(new String(data, offset, length, StandardCharsets.UTF_8));
        }
    }
}

package midge.sim.live.page;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import midge.sim.live.LiveRun;
import midge.sim.scenario.ScenarioText;
import midge.sim.scenario.Standing;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** A {@link LiveRun} in the browser: watches it, and serves what it saw. Memory is bounded however long the page stays open. */
public final class LivePage implements AutoCloseable {
    private static final int EVENTS_KEPT = 3_000;
    private static final int STATE_MS = 200;
    private static final int PORTS_TRIED = 100;
    private static final int TOKEN_OCTETS = 16;

    private final LiveRun live;
    private final EventLog log = new EventLog(EVENTS_KEPT);
    private final Messages messages = new Messages();
    private final Captured captured = new Captured();
    private final long startUnixMs = System.currentTimeMillis();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "page-clock");
        thread.setDaemon(true);
        return thread;
    });
    private final PageServer server;
    private final String url;

    private LivePage(LiveRun live, InetAddress address, int firstPort) throws IOException {
        this.live = live;
        boolean open = !address.isLoopbackAddress();
        String token = open ? newToken() : null;
        server = bind(address, firstPort, token);
        url = "http://" + host(address) + ":" + server.port() + "/" + (token == null ? "" : "?token=" + token);
    }

    /**
     * Serves from now on.
     *
     * @param address loopback; with any other everybody needs the token that {@link #url} has
     * @param port the one wanted; when it is taken the next free one of the 100 from there on; 0 for any
     * @throws IOException when no port is free
     */
    public static LivePage serve(LiveRun live, InetAddress address, int port) throws IOException {
        LivePage page = new LivePage(live, address, port);
        page.watch();
        return page;
    }

    private PageServer bind(InetAddress address, int first, @Nullable String token) throws IOException {
        int last = first == 0 ? 0 : Math.min(65_535, first + PORTS_TRIED - 1);
        for (int port = first; port <= last; port++) {
            try {
                return new PageServer(new InetSocketAddress(address, port), token, log, new Actions());
            } catch (BindException taken) {
                if (!String.valueOf(taken.getMessage()).contains("in use")) {
                    throw taken;
                }
            }
        }
        throw new IOException("no free port from " + first + " to " + last + " on " + address.getHostAddress());
    }

    private static String newToken() {
        byte[] octets = new byte[TOKEN_OCTETS];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private static String host(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return "localhost";
        }
        String text = address.isAnyLocalAddress() ? localName() : address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private static String localName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException nameless) {
            return "localhost";
        }
    }

    private void watch() {
        live.call(() -> {
            Ladder ladder = new Ladder(live, log);
            live.network().addTap(ladder);
            live.observe(new Both(ladder, captured));
            return null;
        });
        tell();
        clock.scheduleWithFixedDelay(this::tell, STATE_MS, STATE_MS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        try {
            log.state(live.call(() -> Snapshot.of(live)));
        } catch (RuntimeException e) {
            Logger.debug(e, "no state of the world to be had");
        }
    }

    /** {@return where it is} */
    public String url() {
        return url;
    }

    /** {@return the port} */
    public int port() {
        return server.port();
    }

    /** A message arrived at the broker. From any thread. */
    public void onMessage(String topic, String payload) {
        long nowMs = System.currentTimeMillis();
        messages.add(nowMs, topic, payload);
        Json json = new Json().object().put("unixMs", nowMs).put("topic", topic);
        log.add("message", json.put("payload", payload).endObject().toString());
    }

    /** Serves no more. */
    @Override
    public void close() {
        clock.shutdownNow();
        log.close();
        server.close();
    }

    private final class Actions implements PageServer.Actions {
        @Override
        public void command(Map<String, String> fields) {
            live.call(() -> {
                Commands.run(live, fields);
                return null;
            });
            tell();
        }

        @Override
        public byte[] pcap() throws IOException {
            return live.call(() -> captured.pcap(startUnixMs));
        }

        @Override
        public String csv() {
            return messages.csv();
        }

        @Override
        public String scenario() {
            return live.call(() -> ScenarioText.of(Standing.of(live.run())));
        }
    }
}

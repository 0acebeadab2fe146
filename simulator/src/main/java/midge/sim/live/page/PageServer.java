package midge.sim.live.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for the page: its files, {@code /events} as server-sent events that begin behind {@code Last-Event-ID}, {@code /command} for POST,
 * and the downloads. Who may come in is the {@link Guard}'s to say.
 */
final class PageServer {
    /** What the page may do. */
    interface Actions {
        /** Carries out a command. @throws IllegalArgumentException with a sentence for the user */
        void command(Map<String, String> fields);

        /** {@return a capture file} */
        byte[] pcap() throws IOException;

        /** {@return the messages as a table} */
        String csv();

        /** {@return the scenario as it now stands} */
        String scenario();
    }

    private static final int BACKLOG = 16;
    private static final int STREAMS_MAX = 8;
    private static final int BODY_MAX = 8 * 1024;
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Guard guard;
    private final EventLog log;
    private final Actions actions;
    private final Assets assets = new Assets();
    private final Semaphore streams = new Semaphore(STREAMS_MAX);

    PageServer(InetSocketAddress at, @Nullable String token, EventLog log, Actions actions) throws IOException {
        this.log = log;
        this.actions = actions;
        server = HttpServer.create(at, BACKLOG);
        guard = new Guard(server.getAddress(), token);
        threads = Executors.newFixedThreadPool(STREAMS_MAX + 4, task -> {
            Thread thread = new Thread(task, "page");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            if (welcome(exchange)) {
                return;
            }
            String refusal = guard.refusal(exchange.getRequestMethod(), exchange.getRequestHeaders());
            if (refusal != null) {
                reply(exchange, 403, refusal + "\n");
            } else if (exchange.getRequestMethod().equals("POST")) {
                post(exchange);
            } else if (exchange.getRequestMethod().equals("GET")) {
                get(exchange);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, POST");
                reply(exchange, 405, "Only GET and POST.\n");
            }
        }
    }

    /** {@return whether this was the first visit, with the token in the address, which becomes a cookie} */
    private boolean welcome(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null || !query.startsWith("token=") || !guard.isToken(query.substring("token=".length()))) {
            return false;
        }
        exchange.getResponseHeaders()
                .set(
                        "Set-Cookie",
                        Guard.COOKIE + "=" + query.substring("token=".length())
                                + "; HttpOnly; SameSite=Strict; Path=/");
        exchange.getResponseHeaders().set("Location", "/");
        exchange.sendResponseHeaders(303, -1);
        return true;
    }

    private void get(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/events" -> stream(exchange);
            case "/state" ->
                reply(exchange, 200, "application/json", log.state().getBytes(StandardCharsets.UTF_8));
            case "/midge.pcap" -> download(exchange, "midge.pcap", "application/vnd.tcpdump.pcap", actions.pcap());
            case "/midge.csv" -> download(exchange, "midge.csv", "text/csv; charset=utf-8", utf8(actions.csv()));
            case "/midge.toml" -> download(exchange, "midge.toml", "application/toml", utf8(actions.scenario()));
            default -> {
                Assets.Asset asset = assets.get(path);
                if (asset == null) {
                    reply(exchange, 404, "There is nothing here.\n");
                } else {
                    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
                    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
                    reply(exchange, 200, asset.type(), asset.octets());
                }
            }
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/command")) {
            reply(exchange, 404, "Commands go to /command.\n");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
        if (body.length > BODY_MAX) {
            reply(exchange, 413, "A command has at most " + BODY_MAX + " octets.\n");
            return;
        }
        try {
            actions.command(fields(new String(body, StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
        } catch (IllegalArgumentException mistake) {
            reply(exchange, 400, mistake.getMessage() + "\n");
        }
    }

    /** Reads application/x-www-form-urlencoded. */
    private static Map<String, String> fields(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private void stream(HttpExchange exchange) throws IOException {
        if (!streams.tryAcquire()) {
            reply(exchange, 503, "Too many pages are open.\n");
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            feed(exchange.getResponseBody(), lastId(exchange));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    private static long lastId(HttpExchange exchange) {
        String id = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        try {
            return id == null ? 0 : Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Ends when the browser is gone, which a write tells by an exception, or when the log is closed. */
    private void feed(OutputStream out, long lastId) throws IOException, InterruptedException {
        long sent = lastId;
        for (long seen = log.awaitState(0); seen >= 0; seen = log.awaitState(seen)) {
            StringBuilder text = new StringBuilder();
            for (EventLog.Event event : log.after(sent)) {
                text.append("id: ").append(event.id()).append("\nevent: ").append(event.kind());
                text.append("\ndata: ").append(event.json()).append("\n\n");
                sent = event.id();
            }
            text.append("event: state\ndata: ").append(log.state()).append("\n\n");
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void download(HttpExchange exchange, String name, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + name + "\"");
        reply(exchange, 200, type, body);
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        reply(exchange, code, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}

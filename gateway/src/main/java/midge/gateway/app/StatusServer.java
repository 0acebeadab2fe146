package midge.gateway.app;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import midge.gateway.config.GatewayConfig;
import midge.gateway.net.GatewayLoop;

/**
 * The status page at {@code /} with its {@code /clients.json}, {@code /metrics} for Prometheus, {@code /health} (the gateway's thread
 * answers) and {@code /ready} (and its broker could be reached). Served without a password, so bind it to a loopback address. Only
 * requests to a loopback host name are answered: a web page elsewhere whose name turns into 127.0.0.1 reads nothing.
 */
public final class StatusServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int THREADS = 2;
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");
    private static final Map<String, String> FILES = Map.of(
            "/", "text/html; charset=utf-8",
            "/status.js", "text/javascript; charset=utf-8",
            "/status.css", "text/css; charset=utf-8");

    private final HttpServer server;
    private final ExecutorService threads;
    private final GatewayLoop gateway;
    private final GatewayConfig config;

    /**
     * Serves from now on.
     *
     * @param at port 0: any free one
     */
    public StatusServer(InetSocketAddress at, GatewayLoop gateway, GatewayConfig config) throws IOException {
        this.gateway = gateway;
        this.config = config;
        server = HttpServer.create(at, BACKLOG);
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @return where it is served */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host == null || !LOCAL.matcher(host).matches()) {
                reply(exchange, 403, "Ask for localhost or 127.0.0.1.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                reply(exchange, 405, "Only GET.\n");
            } else if (FILES.containsKey(path)) {
                reply(exchange, 200, String.valueOf(FILES.get(path)), file(path.equals("/") ? "/status.html" : path));
            } else {
                tell(exchange, path);
            }
        }
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = StatusServer.class.getResourceAsStream("/midge/gateway/app" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }

    private void tell(HttpExchange exchange, String path) throws IOException {
        try {
            switch (path) {
                case "/metrics" ->
                    reply(exchange, 200, Metrics.CONTENT_TYPE, Metrics.text(GatewayStatus.of(gateway), config));
                case "/clients.json" -> clients(exchange);
                case "/health" -> {
                    GatewayStatus.of(gateway);
                    reply(exchange, 200, "ok\n");
                }
                case "/ready" -> {
                    boolean ready = GatewayStatus.of(gateway).brokerReachable;
                    reply(exchange, ready ? 200 : 503, ready ? "ok\n" : "The broker cannot be reached.\n");
                }
                default -> reply(exchange, 404, "There is /, /clients.json, /metrics, /health and /ready.\n");
            }
        } catch (TimeoutException e) {
            reply(exchange, 503, "The gateway's thread does not answer.\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clients(HttpExchange exchange) throws IOException, TimeoutException, InterruptedException {
        ClientsQuery query;
        try {
            query = ClientsQuery.parse(exchange.getRequestURI().getRawQuery());
        } catch (IllegalArgumentException e) {
            reply(exchange, 400, e.getMessage() + "\n");
            return;
        }
        ClientsJson json = new ClientsJson(query.filter(), query.from(), query.count());
        reply(exchange, 200, JSON, json.read(gateway, config));
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        reply(exchange, code, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'");
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Serves no more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package midge.gateway.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import midge.gateway.config.GatewayConfig;
import midge.gateway.net.GatewayLoop;

/**
 * {@code /metrics} for Prometheus, {@code /health} (the gateway's thread answers) and {@code /ready} (and its broker could be reached).
 * Served without a password, so bind it to a loopback address.
 */
public final class StatusServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int THREADS = 2;
    private static final String PLAIN = "text/plain; charset=utf-8";

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
            if (!path.equals("/metrics") && !path.equals("/health") && !path.equals("/ready")) {
                reply(exchange, 404, "There is /metrics, /health and /ready.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                reply(exchange, 405, "Only GET.\n");
            } else {
                tell(exchange, path);
            }
        }
    }

    private void tell(HttpExchange exchange, String path) throws IOException {
        GatewayStatus status;
        try {
            status = GatewayStatus.of(gateway);
        } catch (TimeoutException e) {
            reply(exchange, 503, "The gateway's thread does not answer.\n");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (path.equals("/metrics")) {
            reply(exchange, 200, Metrics.CONTENT_TYPE, Metrics.text(status, config));
        } else if (path.equals("/ready") && !status.brokerReachable) {
            reply(exchange, 503, "The broker cannot be reached.\n");
        } else {
            reply(exchange, 200, "ok\n");
        }
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        reply(exchange, code, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
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

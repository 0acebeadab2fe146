package midge.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import midge.gateway.config.GatewayConfig;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Transport;
import midge.profile.Hex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On loopback, with a real socket for each side; the broker is a few scripted octets. */
@Timeout(60)
class StatusServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final EventLoopGroup loops = Transport.best().newLoops(1, "status-test");
    private final HttpClient http = HttpClient.newHttpClient();
    private ServerSocket broker;
    private GatewayLoop gateway;
    private StatusServer server;
    private InetSocketAddress udp;

    @BeforeEach
    void start() throws IOException {
        broker = new ServerSocket(0, 1, LOOPBACK);
        GatewayConfig config = GatewayConfig.builder().maxSessions(5).build();
        InetSocketAddress at = new InetSocketAddress(LOOPBACK, broker.getLocalPort());
        gateway = new GatewayLoop(loops.next(), Transport.best(), at, config, 1);
        udp = gateway.listenUdp(new InetSocketAddress(LOOPBACK, 0));
        server = new StatusServer(new InetSocketAddress(LOOPBACK, 0), gateway, config);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        gateway.close();
        broker.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void countsTrafficAndClientsInPrometheusFormat() throws IOException, InterruptedException {
        try (DatagramSocket device = new DatagramSocket(0, LOOPBACK)) {
            send(device, "08 04 04 01 00 3C 63 31");
            try (Socket connection = broker.accept()) {
                connection.getInputStream().readNBytes(2);
                connection.getOutputStream().write(Hex.bytes("20 02 00 00"));
                device.receive(new DatagramPacket(new byte[64], 64));
                send(device, "03 16");
                send(device, "02 16");
                device.receive(new DatagramPacket(new byte[64], 64));
                HttpResponse<String> metrics = ask("GET", "/metrics");
                assertThat(metrics.statusCode()).isEqualTo(200);
                assertThat(metrics.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
                assertThat(metrics.body().lines())
                        .contains(
                                "# TYPE midge_gateway_datagrams_in_total counter",
                                "midge_gateway_datagrams_in_total 3",
                                "midge_gateway_datagrams_out_total 2",
                                "midge_gateway_connected_total 1",
                                "midge_gateway_dropped_total{reason=\"malformed\"} 1",
                                "midge_gateway_messages_total{client=\"from\",type=\"CONNECT\"} 1",
                                "midge_gateway_messages_total{client=\"from\",type=\"PINGREQ\"} 1",
                                "midge_gateway_messages_total{client=\"to\",type=\"PINGRESP\"} 1",
                                "midge_gateway_sessions{state=\"active\"} 1",
                                "midge_gateway_sessions{state=\"asleep\"} 0",
                                "midge_gateway_sessions_limit 5",
                                "midge_gateway_broker_reachable 1");
            }
        }
    }

    @Test
    void everyLineIsASampleOrAComment() throws IOException, InterruptedException {
        assertThat(ask("GET", "/metrics").body())
                .endsWith("\n")
                .matches("((# (HELP [a-z0-9_]+ .+|TYPE [a-z0-9_]+ (counter|gauge))"
                        + "|[a-z0-9_]+(\\{[a-z]+=\"[a-z0-9_]+\"})? [0-9]+)\\n)+");
    }

    @Test
    void isReadyUntilTheBrokerCannotBeReached() throws IOException, InterruptedException {
        assertThat(ask("GET", "/health").body()).isEqualTo("ok\n");
        assertThat(ask("GET", "/ready").statusCode()).isEqualTo(200);
        broker.close();
        try (DatagramSocket device = new DatagramSocket(0, LOOPBACK)) {
            send(device, "08 04 04 01 00 3C 63 31");
            device.receive(new DatagramPacket(new byte[64], 64)); // CONNACK "congestion": it was tried
        }
        assertThat(ask("GET", "/ready").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/status.html", "/metric", "/metrics/x", "/..%2fmetrics"})
    void knowsNoOtherPage(String path) throws IOException, InterruptedException {
        assertThat(ask("GET", path).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsEachClientAndTheTotals() throws IOException, InterruptedException {
        try (DatagramSocket device = new DatagramSocket(0, LOOPBACK)) {
            send(device, "08 04 04 01 00 3C 63 31");
            try (Socket connection = broker.accept()) {
                connection.getOutputStream().write(Hex.bytes("20 02 00 00"));
                device.receive(new DatagramPacket(new byte[64], 64));
                HttpResponse<String> answer = ask("GET", "/clients.json");
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
                assertThat(answer.body())
                        .contains("\"limit\":5,", "\"active\":1,", "\"total\":1,", "\"brokerReachable\":true")
                        .contains("{\"id\":\"c1\",\"state\":\"active\",\"address\":\"127.0.0.1:" + device.getLocalPort()
                                + "\",\"silentMs\":")
                        .contains(",\"queued\":0,\"asked\":0,\"repeated\":0,\"brokerUp\":true}]}");
            }
        }
    }

    @Test
    void givesClientsPageByPageAndByName() throws IOException, InterruptedException {
        try (DatagramSocket device = new DatagramSocket(0, LOOPBACK)) {
            for (String id : new String[] {"61 31", "61 32", "22 0A", "62 33"}) {
                send(device, "08 04 04 01 00 3C " + id);
            }
            assertThat(ids(await("/clients.json", "\"total\":4"))).containsExactly("a1", "a2", "\\\"\\u000a", "b3");
            assertThat(ids(ask("GET", "/clients.json?filter=a").body())).containsExactly("a1", "a2");
            assertThat(ids(ask("GET", "/clients.json?from=1&count=2").body())).containsExactly("a2", "\\\"\\u000a");
            assertThat(ask("GET", "/clients.json?filter=a&from=1&count=1").body())
                    .contains("\"total\":2,\"from\":1,");
        }
    }

    private String await(String path, String part) throws IOException, InterruptedException {
        String body = ask("GET", path).body();
        while (!body.contains(part)) {
            body = ask("GET", path).body(); // the class's timeout ends it
        }
        return body;
    }

    private static List<String> ids(String json) {
        return Pattern.compile("\"id\":\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(json)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"count=0", "count=501", "from=-1", "from=x", "order=id", "from"})
    void refusesAQueryThatItDoesNotKnow(String query) throws IOException, InterruptedException {
        assertThat(ask("GET", "/clients.json?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"/, text/html", "/status.js, text/javascript", "/status.css, text/css"})
    void servesAPageThatLoadsNothingFromElsewhere(String path, String type) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(answer.body()).isNotEmpty().doesNotContain("//").doesNotContain("innerHTML");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:1, 200",
        "127.0.0.1:80, 200",
        "[::1]:80, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example:80, 403",
        "'', 403"
    })
    void answersOnlyWhoAsksForThisMachine(String host, int code) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET /clients.json HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 " + code + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void takesOnlyGet(String method) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(method, "/metrics");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void aClientIsToldWhenTheGatewayEnds() throws IOException {
        try (DatagramSocket device = new DatagramSocket(0, LOOPBACK)) {
            send(device, "08 04 04 01 00 3C 63 31");
            try (Socket connection = broker.accept()) {
                connection.getOutputStream().write(Hex.bytes("20 02 00 00"));
                device.receive(new DatagramPacket(new byte[64], 64));
                assertThat(gateway.shutdown(5_000)).isTrue();
                DatagramPacket last = new DatagramPacket(new byte[64], 64);
                device.receive(last);
                assertThat(Hex.of(last.getData(), 0, last.getLength())).isEqualTo("02 18");
                byte[] heard = connection.getInputStream().readAllBytes();
                assertThat(Hex.of(heard)).endsWith("E0 00");
            }
        }
    }

    private void send(DatagramSocket device, String hex) throws IOException {
        byte[] frame = Hex.bytes(hex);
        device.send(new DatagramPacket(frame, frame.length, udp));
    }
}

package midge.sim.live.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.gateway.net.Transport;
import midge.sim.device.Ledger;
import midge.sim.live.LiveRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's server, as a program meets it; what a person sees is another test's. */
class LivePageTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    private final EventLoopGroup loops = Transport.NIO.newLoops(1, "test");
    private final HttpClient http = HttpClient.newHttpClient();
    private LiveRun demo;
    private LivePage page;

    @BeforeEach
    void serve() throws IOException {
        demo = LiveRun.demo(loops.next(), 0, 0, 7, new Ledger(false));
        page = LivePage.serve(demo, InetAddress.getLoopbackAddress(), 0);
        demo.start();
    }

    @AfterEach
    void close() {
        page.close();
        demo.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(page.url()).resolve(path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(to(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> command(String fields) throws IOException, InterruptedException {
        return command(fields, "http://localhost:" + page.port());
    }

    private HttpResponse<String> command(String fields, String origin) throws IOException, InterruptedException {
        return http.send(
                to("command")
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString(fields))
                        .build(),
                BodyHandlers.ofString());
    }

    private String await(Predicate<String> wanted) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + PATIENCE_NS;
        String state = get("state").body();
        while (!wanted.test(state) && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(50);
            state = get("state").body();
        }
        assertThat(state).matches(wanted);
        return state;
    }

    private static long number(String state, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\":(\\d+)").matcher(state);
        assertThat(matcher.find()).as(state).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static String board(String state, String name) {
        int from = state.indexOf("{\"name\":\"" + name + "\",\"chips\"");
        int to = state.indexOf(",{\"name\":", state.indexOf("\"switches\"", from));
        return state.substring(from, to < 0 ? state.length() : to);
    }

    @Test
    void servesThePageAndNothingElse() throws IOException, InterruptedException {
        HttpResponse<String> index = get("");
        assertThat(index.body()).contains("<title>Midge, live</title>");
        assertThat(index.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(p -> assertThat(p).contains("default-src 'self'"));
        assertThat(get("vendor/uPlot.iife.min.js").body()).contains("v1.6.32");
        assertThat(get("../LivePage.class").statusCode()).isEqualTo(404);
        assertThat(get("app.js").headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
    }

    @Test
    void aCommandFromAnotherSiteChangesNothing() throws IOException, InterruptedException {
        assertThat(command("do=pause", "http://evil.example").statusCode()).isEqualTo(403);
        assertThat(get("state").body()).doesNotContain("\"paused\":true");
    }

    @ParameterizedTest
    @CsvSource({
        "do=dial&board=attic&name=temperature&value=warm, value wants a number",
        "do=dial&board=cellar&name=temperature&value=1, no board is called cellar",
        "do=dial&board=attic&name=smell&value=1, no sensor is called smell",
        "do=press&board=hall&name=bell, no button is called bell",
        "do=publish&topic=a/%23&payload=x, a message wants a topic",
        "do=radio&loss=2, loss is 2.0",
        "do=speed&factor=1000, speed",
        "do=fly, no command is called fly",
        "nothing, the command wants do",
    })
    void aCommandThatMakesNoSenseIsToldWhy(String fields, String reason) throws IOException, InterruptedException {
        HttpResponse<String> answer = command(fields);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(reason);
    }

    @Test
    void timeIsHeldSteppedAndHurried() throws IOException, InterruptedException {
        assertThat(command("do=step&ms=100").statusCode()).isEqualTo(204);
        long heldMs = number(get("state").body(), "ms");
        assertThat(command("do=step&ms=100").statusCode()).isEqualTo(204);
        assertThat(number(get("state").body(), "ms")).isEqualTo(heldMs + 100);
        command("do=speed&factor=100");
        command("do=resume");
        await(state -> number(state, "ms") > heldMs + 20_000);
    }

    @Test
    void aDialThatAHandHoldsIsFeltByTheChip() throws IOException, InterruptedException {
        assertThat(command("do=dial&board=attic&name=temperature&value=-7.5").statusCode())
                .isEqualTo(204);
        assertThat(board(get("state").body(), "attic"))
                .contains(
                        "\"name\":\"temperature\",\"unit\":\"°C\",\"value\":-7.50,\"min\":-40,\"max\":85,\"held\":true");
        command("do=release&board=attic&name=temperature");
        await(state -> !board(state, "attic").contains("\"held\":true"));
    }

    @Test
    void aSwitchIsThrownThroughBrokerGatewayAndDevice() throws IOException, InterruptedException {
        await(state -> board(state, "pump").contains("\"state\":\"active\""));
        command("do=speed&factor=10");
        command("do=publish&topic=midge/pump/relay/set&payload=on");
        await(state -> board(state, "pump").contains("\"topic\":\"midge/pump/relay/set\",\"on\":true"));
    }

    @Test
    void everyoneComesBackAfterGatewayBrokerAndBoardWereAway() throws IOException, InterruptedException {
        command("do=speed&factor=50");
        Predicate<String> allThere = state -> state.split("\"state\":\"(active|asleep|awake)\"", -1).length == 7
                && state.contains("\"gateway\":{\"up\":true")
                && state.contains("\"own\":true,\"up\":true");
        await(allThere);
        command("do=pause");
        command("do=crash&board=attic");
        command("do=restart-gateway");
        command("do=restart-broker");
        String down = get("state").body();
        assertThat(down).contains("\"gateway\":{\"up\":false", "\"own\":true,\"up\":false");
        assertThat(board(down, "attic")).contains("\"state\":\"off\"");
        command("do=power&board=attic");
        command("do=resume");
        await(allThere);
    }

    @Test
    void eventsGoOnBehindTheLastOneSeen() throws IOException, InterruptedException {
        page.onMessage("a", "1");
        page.onMessage("b", "2\n");
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                http.send(to("events").build(), BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo("id: 1");
        }
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                http.send(to("events").header("Last-Event-ID", "1").build(), BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo("id: 2");
        }
        assertThat(get("midge.csv").body()).contains(",a,1\r\n", ",b,\"2\n\"\r\n");
    }
}

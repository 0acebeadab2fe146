package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code midge sim SCENARIO --live} as its user meets it; what the page shows is PageInBrowserTest's. */
class SimLiveIT {
    private static final int START_MS = 60_000;
    private static final Pattern URL = Pattern.compile("http://localhost:\\d+/");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private static String url(Program sim) {
        String line = sim.await("Watch and change it: ", START_MS);
        Matcher url = URL.matcher(line);
        assertThat(url.find()).as(line).isTrue();
        return url.group();
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private int post(String url, String fields, String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "command"))
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(fields))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void aScenarioIsWatchedChangedAndKept() throws IOException, InterruptedException {
        Path kept = folder.resolve("kept.toml");
        try (Program sim = MidgeProgram.start("sim", "greenhouse", "--live", "--speed", "x10", "--http", "0")) {
            String url = url(sim);
            assertThat(get(url)).contains("<title>Midge, live</title>");
            assertThat(get(url + "state")).contains("\"title\":\"Greenhouse\"", "\"speed\":10", "\"name\":\"climate\"");
            assertThat(post(url, "do=radio&loss=0.25", url.substring(0, url.length() - 1)))
                    .isEqualTo(204);
            assertThat(post(url, "do=pause", "http://evil.example")).isEqualTo(403);
            Files.writeString(kept, get(url + "midge.toml"));
            sim.signal("INT");
            assertThat(sim.exitCode(START_MS)).isEqualTo(130);
            assertThat(sim.err()).isEmpty();
        }
        assertThat(kept).content().contains("title = \"Greenhouse\"", "loss = 0.25");
        try (Program sim = MidgeProgram.start("sim", kept.toString())) {
            assertThat(sim.exitCode(START_MS)).as(sim.lines().toString()).isZero();
            assertThat(sim.out()).anyMatch(line -> line.contains("ok    pump reports valve 1 within 10s after 5m"));
        }
    }

    @Test
    void thePageStaysWhenTheTimeIsOver() throws IOException, InterruptedException {
        Path file = folder.resolve("mine.toml");
        Files.writeString(
                file,
                "title='Short'\nduration='20s'\n[[device]]\nname='d'\nsensors=['tmp102']\nevery='1s'\n"
                        + "[[expect]]\nwhat='arrived'\nvalue=5\n");
        try (Program sim = MidgeProgram.start("sim", file.toString(), "--live", "--speed", "x100", "--http", "0")) {
            String url = url(sim);
            sim.await("ok    at least 5 readings arrive", START_MS);
            sim.await("the page stays until Ctrl-C", START_MS);
            assertThat(get(url + "state")).contains("\"title\":\"Short\"");
            sim.signal("INT");
            assertThat(sim.exitCode(START_MS)).isEqualTo(130);
        }
    }

    @Test
    void whatALivePageCannotDoIsToldInOneLine() {
        assertRefused("midge: --live shows at most 200 devices, this scenario has 10000", "ten-thousand", "--live");
        assertRefused(
                "midge: --speed is x200, must be x1..x100, whole, with --live", "demo", "--live", "--speed", "x200");
        assertRefused("midge: --live needs a scenario; --list names some", "--live");
    }

    @Test
    void everyMistakeInAScenarioIsALine() throws IOException {
        Path file = folder.resolve("mine.toml");
        Files.writeString(file, "tilte='x'\n[[device]]\nname='d'\nsensor=['tmp102']\n");
        try (Program sim = MidgeProgram.start("sim", file.toString())) {
            assertThat(sim.exitCode(START_MS)).isEqualTo(2);
            assertThat(sim.err())
                    .containsExactly(
                            "midge: " + file + ":4: unknown key device.sensor, did you mean sensors?",
                            "midge: " + file + ":1: unknown key tilte, did you mean title?");
        }
        assertRefused("midge: --http is for --live", "greenhouse", "--http", "0");
    }

    private static void assertRefused(String line, String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "sim";
        System.arraycopy(options, 0, command, 1, options.length);
        try (Program sim = MidgeProgram.start(command)) {
            assertThat(sim.exitCode(START_MS)).isEqualTo(2);
            assertThat(sim.err()).first().asString().isEqualTo(line);
        }
    }
}

package midge.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import midge.cli.e2e.Mosquitto;
import midge.sim.peer.Peers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * MQTT-SN 1.2 from the outside: {@code ./midge gateway} between scripted devices and Debian's Mosquitto, every case in all
 * weathers and all ways. All run at once, since they mostly wait; one test each tells how it went. {@code -Dmidge.case=WORDS} runs only cases whose
 * name contains the words.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
    private static final Path REPORT = Path.of("target", "conformance.md");
    private static final Path CAPTURE = Path.of("target", "captures", "conformance.pcap");
    /** Legal, but tshark calls these two without a topic broken: WILLTOPIC and WILLTOPICUPD that remove the will. */
    private static final String KNOWN = "(mqttsn.msg.len == 2 && (mqttsn.msg.type == 0x07 || mqttsn.msg.type == 0x1a))";

    private static final int THREADS = 24;

    /** A run to be, of the number that names its topics. */
    private record Plan(Case what, Way way, Mode mode, int number) {
        String tag() {
            return "k%04d".formatted(number);
        }
    }

    private final List<Plan> planned = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private List<Case> cases;
    private Mosquitto broker;
    private Breaker breaker;
    private FarSide farSide;
    private Scene.Setting setting;
    private final Map<Upstream, Gateways> gateways = new EnumMap<>(Upstream.class);
    private ExecutorService threads;

    @BeforeAll
    void startEverything(@TempDir Path folder) throws IOException {
        String wanted = System.getProperty("midge.case", "");
        cases = Cases.all().stream().filter(one -> one.words().contains(wanted)).toList();
        broker = BrokerRules.mosquitto(folder);
        breaker = new Breaker(broker.port());
        farSide = new FarSide(broker.port());
        plan();
        List<String> tags = Stream.concat(
                        planned.stream().map(Plan::tag), Stream.of(Way.values()).flatMap(ConformanceIT::warmTags))
                .toList();
        for (Upstream upstream : Upstream.values()) {
            gateways.put(upstream, new Gateways(folder, upstream, broker.uri(), breaker.uri(), tags));
        }
        setting = new Scene.Setting(farSide, breaker, BrokerRules.arePossible(), new Capture(CAPTURE));
        planned.forEach(plan -> runs.add(run(plan)));
        warmUp();
        List<Run> shuffled = new ArrayList<>(runs);
        Collections.shuffle(shuffled, new Random(1));
        threads = Executors.newFixedThreadPool(THREADS);
        shuffled.forEach(run -> threads.execute(run::play));
    }

    private void plan() {
        for (Case one : cases) {
            for (Way way : Way.values()) {
                if (way.obstacle(one.rule()).isEmpty()) {
                    way.modes.forEach(mode -> planned.add(new Plan(one, way, mode, planned.size() + 1)));
                }
            }
        }
    }

    /** A program that has just started is slow, and would seem to be silent. */
    private void warmUp() throws IOException {
        for (Way way : Way.values()) {
            for (Site site : Site.values()) {
                if (way.upstream.has(site)) {
                    warmUp(way, site);
                }
            }
        }
    }

    private void warmUp(Way way, Site site) throws IOException {
        String tag = warmTag(way, site);
        try (Scene scene = new Scene(site, Mode.PLAIN, tag, 0, network(way, site, tag), setting)) {
            for (int i = 0; i < 50; i++) {
                scene.device().connect().disconnect();
            }
        }
    }

    private static Stream<String> warmTags(Way way) {
        return Stream.of(Site.values()).map(site -> warmTag(way, site));
    }

    private static String warmTag(Way way, Site site) {
        return "warm" + (char) ('a' + way.ordinal() * Site.values().length + site.ordinal());
    }

    private Scene.Network network(Way way, Site site, String tag) {
        return () -> gateways.get(way.upstream).open(way, site, tag);
    }

    private Run run(Plan plan) {
        Site site = plan.what().rule().site();
        Scene scene =
                new Scene(site, plan.mode(), plan.tag(), plan.number(), network(plan.way(), site, plan.tag()), setting);
        return new Run(plan.what(), plan.mode(), plan.way(), scene, new CompletableFuture<>());
    }

    @TestFactory
    Stream<DynamicNode> holds() {
        return Stream.concat(
                cases.stream().map(this::weathers), Stream.of(nothingElse(), nobodyComplains(), nothingBroken()));
    }

    private DynamicNode weathers(Case one) {
        String name = one.group() + ": " + one.words() + " (" + one.rule().value() + ")";
        return DynamicContainer.dynamicContainer(
                name, runs.stream().filter(run -> run.what() == one).map(ConformanceIT::test));
    }

    private static DynamicNode test(Run run) {
        return DynamicTest.dynamicTest(run.column(), () -> {
            try {
                run.result().join();
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
    }

    /** Judged when all is over, so that whatever might have come late has come. */
    private DynamicNode nothingElse() {
        return DynamicTest.dynamicTest("no message came to the broker twice, or uncalled-for", () -> {
            for (Run run : runs) {
                assertThat(run.leftovers())
                        .as(run.what().words() + ", " + run.scene())
                        .isEmpty();
            }
        });
    }

    private DynamicNode nobodyComplains() {
        return DynamicTest.dynamicTest("the gateways end in order and without a complaint", () -> {
            assertThat(gateways.values().stream().map(Gateways::end)).containsOnly("");
        });
    }

    private DynamicNode nothingBroken() {
        return DynamicTest.dynamicTest("an independent reader takes every message for good", () -> {
            Capture capture = setting.capture();
            capture.close();
            String tshark = Peers.require("tshark", "tshark");
            assertThat(capture.read(tshark, "_ws.malformed && !" + KNOWN)).isEmpty();
            assertThat(capture.read(tshark, "mqttsn")).hasSize(capture.count());
        });
    }

    @AfterAll
    void writeReport() throws IOException {
        if (threads != null) {
            Files.writeString(REPORT, Report.results(cases, runs));
            threads.shutdownNow();
            runs.forEach(run -> run.scene().close());
            gateways.values().forEach(Gateways::close);
            farSide.close();
            breaker.close();
            broker.close();
        }
    }
}

package midge.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** What a person sees whose test fails, and whether the seed that is told brings the same again. */
class FailingTestsTest {
    private static final List<Long> HASHES = new ArrayList<>();
    private static final List<Long> SEEDS = new ArrayList<>();

    /** Tests that are run by the tests outside only. */
    @MidgeWorld(seed = 7, loss = 0.2)
    static class Fixture {
        @Test
        void fails(SimWorld world) {
            play(world);
            fail("on purpose");
        }

        @Test
        @MidgeWorld(loss = 0.2)
        void failsInAFreshWorld(SimWorld world) {
            play(world);
            fail("on purpose");
        }

        @Test
        void isAbandoned() {
            Assumptions.abort("on purpose");
        }

        @Test
        @MidgeWorld(radio = "zigbe")
        void wantsARadioThatIsNone() {}

        private static void play(SimWorld world) {
            world.board("cellar").boot(b -> Thermometer.on(b.link(), b.i2c(), b.prng())::turn);
            world.run(Duration.ofMinutes(5));
            HASHES.add(world.world().traceHash());
            SEEDS.add(world.seed());
        }
    }

    @MidgeWorld(seed = 7)
    static class AsksTooEarly {
        @SuppressWarnings("unused")
        AsksTooEarly(SimWorld world) {}

        @Test
        void never() {}
    }

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        HASHES.clear();
        SEEDS.clear();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void leave() {
        System.setErr(before);
        System.clearProperty("midge.seed");
    }

    private static List<Failure> run(Class<?> fixture, String method, Class<?>... asksFor) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(fixture, method, asksFor))
                                .build(),
                        listener);
        return listener.getSummary().getFailures();
    }

    private static Throwable failure(String method, Class<?>... asksFor) {
        List<Failure> failures = run(Fixture.class, method, asksFor);
        assertThat(failures).hasSize(1);
        return failures.get(0).getException();
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aFailureTellsSeedAndTrace() {
        Throwable failure = failure("fails", SimWorld.class);
        String place = "in the world of seed 7, after 300.000 s of its time; -Dmidge.seed=7 repeats it";
        assertThat(failure).hasMessage("on purpose");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(told -> assertThat(told).hasMessage(place));
        assertThat(told())
                .startsWith("midge: Fixture, fails(SimWorld): failed " + place + ". What happened last:\n")
                .containsPattern("\n  \\d+\\.\\d{3} s  cellar -> gateway: ")
                .containsPattern("\n  \\d+\\.\\d{3} s  gateway -> cellar: ")
                .contains(" LOST\n");
    }

    @Test
    void oneSeedGivesOneHistory() {
        failure("fails", SimWorld.class);
        failure("fails", SimWorld.class);
        System.setProperty("midge.seed", "8");
        failure("fails", SimWorld.class);
        assertThat(SEEDS).containsExactly(7L, 7L, 8L);
        assertThat(HASHES.get(1)).isEqualTo(HASHES.get(0));
        assertThat(HASHES.get(2)).isNotEqualTo(HASHES.get(0));
    }

    @Test
    void aFreshSeedCanBePlayedAgain() {
        failure("failsInAFreshWorld", SimWorld.class);
        long seed = SEEDS.get(0);
        assertThat(told()).contains("-Dmidge.seed=" + seed + " repeats it");
        System.setProperty("midge.seed", String.valueOf(seed));
        failure("failsInAFreshWorld", SimWorld.class);
        assertThat(HASHES.get(1)).isEqualTo(HASHES.get(0));
    }

    @Test
    void anAbandonedTestTellsNothing() {
        assertThat(run(Fixture.class, "isAbandoned")).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void mistakesAreNamed() {
        assertThat(failure("wantsARadioThatIsNone"))
                .hasMessage("@MidgeWorld: no radio is called \"zigbe\"; there are udp, zigbee, ble, lora, serial");
        System.setProperty("midge.seed", "many");
        assertThat(failure("isAbandoned")).hasMessage("@MidgeWorld: -Dmidge.seed=many is no number");
        System.clearProperty("midge.seed");
        assertThat(run(AsksTooEarly.class, "never").get(0).getException())
                .hasMessageContaining("ask for it in the test method or in a @BeforeEach method");
    }
}

package midge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import midge.wire.Prng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
    private final World world = new World(7);
    private final List<String> happened = new ArrayList<>();

    @Test
    void runsEventsInTimeOrderAndEqualTimesInTheOrderOfAsking() {
        world.at(20, () -> note("c"));
        world.at(10, () -> note("a"));
        world.at(10, () -> note("b"));
        world.runUntil(30);
        assertThat(happened).containsExactly("a@10", "b@10", "c@20");
        assertThat(world.nowMs()).isEqualTo(30);
        assertThat(world.nextEventMs()).isEqualTo(World.NEVER);
    }

    @Test
    void runUntilTakesWhatIsDueAtItsEndAndLeavesTheRest() {
        world.at(30, () -> note("in"));
        world.at(31, () -> note("out"));
        world.runUntil(30);
        assertThat(happened).containsExactly("in@30");
        assertThat(world.nextEventMs()).isEqualTo(31);
    }

    @Test
    void anEventForThePastRunsNowButNotBeforeWhatWaits() {
        world.at(10, () -> {
            world.at(5, () -> note("late"));
            note("first");
        });
        world.at(10, () -> note("second"));
        world.runUntil(10);
        assertThat(happened).containsExactly("first@10", "second@10", "late@10");
    }

    @Test
    void manyEventsComeInTheOrderOfTimeThenOfAsking() {
        record Planned(long atMs, int order) {}
        Prng prng = new Prng(11);
        List<Planned> expected = new ArrayList<>();
        List<Planned> came = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Planned planned = new Planned(prng.below(400), i);
            expected.add(planned);
            world.at(planned.atMs(), () -> came.add(planned));
        }
        expected.sort(Comparator.comparingLong(Planned::atMs).thenComparingInt(Planned::order));
        world.runUntil(400);
        assertThat(came).isEqualTo(expected);
        assertThat(world.nextEventMs()).isEqualTo(World.NEVER);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Integer.MAX_VALUE, 0xFFFFFFFFL})
    void theClockMayBeginWhereAnIntEnds(long startMs) {
        World late = new World(1, startMs);
        boolean[] ran = new boolean[1];
        late.after(5, () -> ran[0] = true);
        late.runFor(5);
        assertThat(ran[0]).isTrue();
        assertThat(late.nowMs()).isEqualTo(startMs + 5);
    }

    @Test
    void generatorsDependOnSeedAndPurposeOnly() {
        int first = world.prng("radio").nextInt();
        world.prng("other").nextInt();
        assertThat(world.prng("radio").nextInt()).isEqualTo(first);
        assertThat(new World(7).prng("radio").nextInt()).isEqualTo(first);
        assertThat(new World(8).prng("radio").nextInt()).isNotEqualTo(first);
        Prng other = world.prng("radio2");
        assertThat(other.nextInt()).isNotEqualTo(first);
    }

    @Test
    void aFailureNamesTheSeedAndTheTime() {
        World broken = new World(0x5eed);
        broken.at(42, () -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> broken.runUntil(100))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("0x5eed")
                .hasMessageContaining("42 ms")
                .hasMessageContaining("broken");
    }

    @Test
    void theTraceHashDependsOnTimeOrderAndOctets() {
        assertThat(hashOf(1, 2, "ab")).isEqualTo(hashOf(1, 2, "ab"));
        assertThat(hashOf(1, 2, "ab"))
                .isNotEqualTo(hashOf(1, 3, "ab"))
                .isNotEqualTo(hashOf(2, 2, "ab"))
                .isNotEqualTo(hashOf(1, 2, "ba"))
                .isNotEqualTo(hashOf(1, 2, "ab\0"));
    }

    private static long hashOf(int kind, long atMs, String octets) {
        World one = new World(1);
        byte[] bytes = octets.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        one.at(atMs, () -> one.trace(kind, 0, bytes, 0, bytes.length));
        one.runUntil(10);
        return one.traceHash();
    }

    private void note(String what) {
        happened.add(what + "@" + world.nowMs());
    }
}

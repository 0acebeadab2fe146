package midge.sim.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongFunction;
import java.util.stream.LongStream;
import midge.sim.SimulationFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of worlds that nobody has seen before: each run of the tests draws its own seeds. {@code -Dmidge.seed} and {@code -Dmidge.seeds}
 * choose them.
 */
class SwarmTest {
    private static final int SEEDS = Integer.getInteger("midge.seeds", 2_000);

    @Test
    void noPromiseBreaksInFreshWorlds() {
        long first = Long.getLong("midge.seed", System.nanoTime() & 0xFFFF_FFFF_FFFFL);
        System.out.println("swarm: " + SEEDS + " worlds from seed " + first);
        SwarmResult sum = LongStream.range(first, first + SEEDS)
                .mapToObj((LongFunction<SwarmResult>) SwarmTest::played)
                .reduce(SwarmResult::plus)
                .orElseThrow();
        System.out.println("swarm: " + sum);
        // A swarm in which nothing happens would prove nothing.
        assertThat(sum.delivered()).isGreaterThan(20 * SEEDS);
        assertThat(sum.heard()).isGreaterThan(10 * SEEDS);
        if (SEEDS >= 1_000) {
            assertThat(sum.losses()).isGreaterThan(SEEDS / 2);
            assertThat(sum.crashes()).isGreaterThan(SEEDS / 4);
            assertThat(sum.tears()).isGreaterThan(SEEDS / 20);
        }
    }

    /**
     * 9456074438905: a broker that lost its session, then a gateway that crashed before PUBCOMP of a QoS 2 message that it alone had.
     * 1002062: the same, and the broker's next session gave the identifier of that message to another one. 1007197: a client of a clean
     * session is lost and asks for a kept one, while the broker still has what the gateway had it keep for the first.
     */
    @ParameterizedTest
    @ValueSource(longs = {9456074438905L, 1002062, 1007197})
    void seedsThatOnceBrokeAPromiseHold(long seed) {
        assertThat(played(seed).readings()).isPositive();
    }

    private static SwarmResult played(long seed) {
        SwarmRun run = new SwarmRun(seed);
        try {
            return run.play();
        } catch (SimulationFailure failure) {
            throw new AssertionError(SwarmReport.of(run, failure), failure);
        }
    }

    @Test
    void oneSeedTwiceIsOneHistory() {
        for (long seed = 1; seed <= 10; seed++) {
            SwarmResult one = new SwarmRun(seed).play();
            assertThat(new SwarmRun(seed).play()).isEqualTo(one);
            assertThat(new SwarmRun(seed + 1_000).play().traceHash()).isNotEqualTo(one.traceHash());
        }
    }
}

package midge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeClockTest {
    private final World world = new World(1);

    @ParameterizedTest
    @CsvSource({"0, 1000000", "50, 1000050", "-50, 999950", "100000, 1100000", "-100000, 900000"})
    void driftIsPartsPerMillionOfTheTimePassed(int ppm, long shown) {
        NodeClock clock = new NodeClock(world, 0, ppm);
        world.runUntil(1_000_000);
        assertThat(clock.nowMs()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0", "50", "-50", "33333", "-99999", "100000"})
    void worldMsIsTheFirstMomentAtWhichTheNodeSeesItsDeadline(int ppm) {
        world.runUntil(123);
        NodeClock clock = new NodeClock(world, Integer.MAX_VALUE - 100L, ppm);
        world.runUntil(500);
        for (long deadline = clock.nowMs() + 1; deadline < clock.nowMs() + 5_000; deadline += 777) {
            World ahead = new World(1);
            ahead.runUntil(123);
            NodeClock twin = new NodeClock(ahead, Integer.MAX_VALUE - 100L, ppm);
            ahead.runUntil(clock.worldMs(deadline) - 1);
            assertThat(twin.nowMs()).isLessThan(deadline);
            ahead.runFor(1);
            assertThat(twin.nowMs()).isGreaterThanOrEqualTo(deadline);
        }
    }

    @Test
    void aLeapMovesItForwardAndOldDeadlinesAreDueNow() {
        NodeClock clock = new NodeClock(world);
        clock.leap(5_000);
        assertThat(clock.nowMs()).isEqualTo(5_000);
        assertThat(clock.worldMs(4_000)).isEqualTo(world.nowMs());
        assertThat(clock.worldMs(World.NEVER)).isEqualTo(World.NEVER);
    }
}

package midge.sim.signal;

import static org.assertj.core.api.Assertions.assertThat;

import midge.wire.Prng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalTest {
    @ParameterizedTest
    @CsvSource({"0, 1000", "250, 1100", "500, 1000", "750, 900", "1250, 1100"})
    void aSineSwingsAroundItsMean(long nowMs, int value) {
        assertThat(Signal.sine(1_000, 100, 1_000).at(nowMs)).isEqualTo(value);
    }

    @Test
    void signalsAddUp() {
        assertThat(Signal.constant(7).plus(Signal.constant(-2)).at(99)).isEqualTo(5);
    }

    @Test
    void aWalkStaysInItsBoundsAndItsStepsAreSmall() {
        RandomWalk walk = new RandomWalk(new Prng(3), 0, -50, 50, 20, 10);
        int last = walk.at(0);
        boolean moved = false;
        for (long nowMs = 0; nowMs < 100_000; nowMs += 10) {
            int value = walk.at(nowMs);
            assertThat(value).isBetween(-50, 50);
            assertThat(Math.abs(value - last)).isLessThanOrEqualTo(20);
            moved |= value != last;
            last = value;
        }
        assertThat(moved).isTrue();
    }

    @Test
    void aWalkIsTheSameHoweverOftenItIsAsked() {
        RandomWalk often = new RandomWalk(new Prng(9), 0, -500, 500, 20, 10);
        RandomWalk seldom = new RandomWalk(new Prng(9), 0, -500, 500, 20, 10);
        for (long nowMs = 0; nowMs < 5_000; nowMs++) {
            often.at(nowMs);
        }
        assertThat(often.at(5_000)).isEqualTo(seldom.at(5_000));
    }
}

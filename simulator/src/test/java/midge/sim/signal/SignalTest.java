package midge.sim.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

    @Test
    void aDayIsColdestAtFourAndWarmestAtTwo() {
        Signal day = new DayCurve(5_000, 25_000, 86_400_000);
        assertThat(day.at(22 * 3_600_000L)).isEqualTo(5_000); // 4 o'clock, 22 h after 6
        assertThat(day.at(8 * 3_600_000L)).isEqualTo(25_000); // 14 o'clock
        assertThat(day.at(0)).isBetween(5_001, 9_000);
        assertThat(day.at(86_400_000)).isEqualTo(day.at(0));
    }

    @Test
    void aReplayJoinsItsPointsByLines() {
        Signal replay = Replay.parse(List.of("seconds,celsius", "# noon", "10,20.5", "20;21.5", "", "40,-1"), 1_000);
        assertThat(replay.at(0)).isEqualTo(20_500);
        assertThat(replay.at(15_000)).isEqualTo(21_000);
        assertThat(replay.at(20_000)).isEqualTo(21_500);
        assertThat(replay.at(30_000)).isEqualTo(10_250);
        assertThat(replay.at(99_000)).isEqualTo(-1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,2;x|line 2", "1,1;0,2|line 2: time does not go forward", "a,b|no value", "7|line 1"})
    void aReplayTellsTheLineThatItCannotRead(String text, String message) {
        assertThatThrownBy(() -> Replay.parse(List.of(text.split(";")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void weatherBelongsTogether() {
        Weather weather = new Weather(new Prng(7), 86_400_000);
        double[] dampness = new double[2];
        int[] hours = new int[2];
        for (int hour = 0; hour < 24 * 60; hour++) {
            long nowMs = hour * 3_600_000L;
            int fair = weather.pascal().at(nowMs) > 101_000 ? 1 : 0;
            dampness[fair] += weather.milliPercent().at(nowMs);
            hours[fair]++;
            assertThat(weather.milliCelsius().at(nowMs)).isBetween(5_000, 30_000);
            assertThat(weather.milliLux().at(nowMs)).isBetween(0, 80_000_000);
        }
        assertThat(dampness[0] / hours[0]).as("in a low").isGreaterThan(dampness[1] / hours[1] + 5_000);
    }
}

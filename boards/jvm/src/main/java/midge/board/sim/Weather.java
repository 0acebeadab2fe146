package midge.board.sim;

import midge.hal.Clock;

/** What simulated chips feel: each quantity swings slowly about its usual value, and differently at each place. */
final class Weather {
    private static final int DAY_MS = 120_000;

    private final Clock clock;

    Weather(Clock clock) {
        this.clock = clock;
    }

    int milliCelsius(int place) {
        return swing(21_000, 3_000, place);
    }

    int pascal(int place) {
        return swing(101_300, 600, place);
    }

    int milliPercent(int place) {
        return swing(45_000, 12_000, place);
    }

    int milliLux(int place) {
        return swing(400_000, 350_000, place);
    }

    int microvolt(int place) {
        return swing(1_650_000, 1_200_000, place);
    }

    int microamp(int place) {
        return swing(120_000, 60_000, place);
    }

    int micrometres(int place) {
        return swing(800_000, 500_000, place);
    }

    /** {@return whether somebody passes: five seconds in every twenty} */
    boolean moves(int place) {
        return (clock.nowMs() / 1_000 + place) % 20 < 5;
    }

    private int swing(int usual, int most, int place) {
        double turn = 2 * Math.PI * (clock.nowMs() % DAY_MS) / DAY_MS + place;
        return usual + (int) Math.round(most * Math.sin(turn));
    }
}

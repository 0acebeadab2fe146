package midge.board.posix;

/** Goes up from 20.00 to 29.99 in steps of 0.01 and begins again, so that a reading that is missing can be seen. */
final class SimulatedThermometer extends Thermometer {
    private static final int STEPS = 1_000;

    private int step = -1;

    @Override
    int measure() {
        step = (step + 1) % STEPS;
        return 20_000 + 10 * step;
    }
}

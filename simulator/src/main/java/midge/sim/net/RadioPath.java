package midge.sim.net;

import org.jspecify.annotations.Nullable;

/** One direction between two nodes. */
final class RadioPath {
    /** Null where those of the medium count. */
    @Nullable
    Faults own;

    long lastArrivalMs;
}

package midge.sim.stream;

import java.util.Arrays;
import midge.sim.World;
import midge.wire.Prng;

/** One direction of a stream: octets go in, the same octets come out later, cut otherwise. */
final class Pipe {
    /** Takes what comes out. */
    interface Outlet {
        void onOctets(byte[] octets, int offset, int length);

        /** A chunk broke the stream. */
        void onBroken();

        /** Less is under way than before. */
        void onDrained();
    }

    private static final int ONE_MILLION = 1_000_000;
    private static final int WHOLE = 16_384;

    private final World world;
    private final Prng prng;
    private final StreamFaults faults;
    private final Outlet outlet;
    private long lastArrivalMs;
    private int underWay;
    private boolean dead;

    Pipe(World world, Prng prng, StreamFaults faults, Outlet outlet) {
        this.world = world;
        this.prng = prng;
        this.faults = faults;
        this.outlet = outlet;
    }

    /** {@return octets put in that have not come out} */
    int underWay() {
        return underWay;
    }

    void put(byte[] octets, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(octets, offset, offset + length);
        underWay += length;
        for (int at = 0; at < length; ) {
            int size = Math.min(chunkSize(), length - at);
            plan(copy, at, size);
            at += size;
        }
    }

    private int chunkSize() {
        if (!faults.chopped()) {
            return WHOLE;
        }
        return prng.below(4) == 0 ? 1 : 1 + prng.below(64);
    }

    private void plan(byte[] octets, int offset, int length) {
        if (happens(faults.breakPpm())) {
            world.at(arrivalMs(), () -> {
                if (!dead) {
                    outlet.onBroken();
                }
            });
            return;
        }
        world.at(arrivalMs(), () -> {
            if (!dead) {
                underWay -= length;
                outlet.onOctets(octets, offset, length);
                outlet.onDrained();
            }
        });
    }

    /** Runs {@code action} behind all that is under way. */
    void behind(Runnable action) {
        world.at(arrivalMs(), () -> {
            if (!dead) {
                action.run();
            }
        });
    }

    private long arrivalMs() {
        long arrivalMs = world.nowMs() + faults.latencyMs() + prng.below(faults.jitterMs() + 1);
        if (happens(faults.stallPpm())) {
            arrivalMs += faults.stallMs();
        }
        lastArrivalMs = Math.max(lastArrivalMs, arrivalMs);
        return lastArrivalMs;
    }

    /** Nothing comes out any more. */
    void kill() {
        dead = true;
    }

    private boolean happens(int ppm) {
        return ppm > 0 && prng.below(ONE_MILLION) < ppm;
    }
}

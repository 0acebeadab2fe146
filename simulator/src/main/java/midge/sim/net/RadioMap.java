package midge.sim.net;

import java.util.HashMap;
import java.util.Map;
import midge.wire.Ranges;

/**
 * Where the nodes of a medium stand, and how far they are heard: without loss up to half of the range, then ever less, not at all beyond it.
 * May be changed while the world runs. A node without a place is heard everywhere.
 */
public final class RadioMap {
    private static final int ONE_MILLION = 1_000_000;

    private record Place(double xM, double yM) {}

    private final Map<Integer, Place> places = new HashMap<>();
    private double rangeM;

    RadioMap() {}

    /** Sets the range, metres; 0 (the default) for unlimited. */
    public RadioMap setRange(double metres) {
        rangeM = Ranges.check("range", (int) Math.ceil(metres), 0, 100_000) == 0 ? 0 : metres;
        return this;
    }

    /** {@return the range, metres; 0 for unlimited} */
    public double rangeM() {
        return rangeM;
    }

    /** Puts a node somewhere, metres from any origin. */
    public RadioMap place(int node, double xM, double yM) {
        places.put(node, new Place(xM, yM));
        return this;
    }

    /** {@return whether a node has a place} */
    public boolean isPlaced(int node) {
        return places.containsKey(node);
    }

    /** {@return metres from the origin to the right; 0 for a node without a place} */
    public double xM(int node) {
        Place place = places.get(node);
        return place == null ? 0 : place.xM;
    }

    /** {@return metres from the origin upwards; 0 for a node without a place} */
    public double yM(int node) {
        Place place = places.get(node);
        return place == null ? 0 : place.yM;
    }

    /** {@return the share of frames that the distance between two nodes costs, 0.0 to 1.0} */
    public double loss(int from, int to) {
        return (double) lossPpm(from, to) / ONE_MILLION;
    }

    int lossPpm(int from, int to) {
        if (rangeM == 0) {
            return 0;
        }
        Place here = places.get(from);
        Place there = places.get(to);
        if (here == null || there == null) {
            return 0;
        }
        double share = StrictMath.hypot(here.xM - there.xM, here.yM - there.yM) / rangeM;
        double beyond = share >= 1 ? 1 : share <= 0.5 ? 0 : 2 * share - 1;
        return (int) Math.round(beyond * beyond * ONE_MILLION);
    }
}

package midge.sim.net;

/**
 * How a medium, or one direction of one link, treats frames. All of it may be changed while the world runs; what is already in the air
 * is not touched. Probabilities are 0.0 to 1.0 for each frame.
 */
public final class Faults {
    private static final int ONE = 1_000_000;

    private int lossPpm;
    private int duplicationPpm;
    private int reorderingPpm;
    private int bitErrorsPpb;
    private int latencyMs;
    private int jitterMs;
    private boolean cut;

    Faults() {}

    Faults(Faults like) {
        lossPpm = like.lossPpm;
        duplicationPpm = like.duplicationPpm;
        reorderingPpm = like.reorderingPpm;
        bitErrorsPpb = like.bitErrorsPpb;
        latencyMs = like.latencyMs;
        jitterMs = like.jitterMs;
        cut = like.cut;
    }

    /** A frame is lost with this probability. */
    public Faults setLoss(double probability) {
        lossPpm = ppm("loss", probability);
        return this;
    }

    /** A frame that is not lost arrives a second time with this probability. */
    public Faults setDuplication(double probability) {
        duplicationPpm = ppm("duplication", probability);
        return this;
    }

    /** A frame is held back, so that later ones overtake it, with this probability. The others keep their order. */
    public Faults setReordering(double probability) {
        reorderingPpm = ppm("reordering", probability);
        return this;
    }

    /**
     * Each bit on the line, those of the framing too, is flipped with this probability, 0.0 to 0.1. The receiver's framing drops frames whose
     * check finds it; they are counted as corrupted.
     */
    public Faults setBitErrors(double probability) {
        if (!(probability >= 0 && probability <= 0.1)) {
            throw new IllegalArgumentException("bitErrors is " + probability + ", must be 0.0..0.1");
        }
        bitErrorsPpb = (int) Math.round(probability * 1e9);
        return this;
    }

    /** A frame travels for {@code latencyMs} and for a random part of {@code jitterMs} more; each 0..60_000. */
    public Faults setLatency(int latencyMs, int jitterMs) {
        this.latencyMs = midge.wire.Ranges.check("latencyMs", latencyMs, 0, 60_000);
        this.jitterMs = midge.wire.Ranges.check("jitterMs", jitterMs, 0, 60_000);
        return this;
    }

    /** Nothing passes while this is set. */
    public Faults setCut(boolean cut) {
        this.cut = cut;
        return this;
    }

    /** {@return probability of loss} */
    public double loss() {
        return lossPpm / (double) ONE;
    }

    /** {@return probability of a second arrival} */
    public double duplication() {
        return duplicationPpm / (double) ONE;
    }

    /** {@return probability that a frame is overtaken} */
    public double reordering() {
        return reorderingPpm / (double) ONE;
    }

    /** {@return whether nothing passes} */
    public boolean cut() {
        return cut;
    }

    int lossPpm() {
        return lossPpm;
    }

    int duplicationPpm() {
        return duplicationPpm;
    }

    int bitErrorsPpb() {
        return bitErrorsPpb;
    }

    int reorderingPpm() {
        return reorderingPpm;
    }

    /** {@return how long a frame travels at least, ms} */
    public int latencyMs() {
        return latencyMs;
    }

    /** {@return by how much longer it may travel, ms} */
    public int jitterMs() {
        return jitterMs;
    }

    /** How long a frame may be held back: long enough that the next few can pass. */
    int holdMs() {
        return 20 + 4 * (latencyMs + jitterMs);
    }

    private static int ppm(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(name + " is " + probability + ", must be 0.0..1.0");
        }
        return (int) Math.round(probability * ONE);
    }
}

package midge.gateway.table;

/** Memory that many owners share: each takes and gives back octets, and nobody gets more than there are. */
public final class Allotment {
    private final long limit;
    private long used;

    /** @param limit octets */
    public Allotment(long limit) {
        this.limit = limit;
    }

    /** @return whether there were so many left, which are then taken */
    public boolean take(long octets) {
        if (used + octets > limit) {
            return false;
        }
        used += octets;
        return true;
    }

    /** Gives octets back. */
    public void give(long octets) {
        used -= octets;
    }

    /** @return octets taken now */
    public long used() {
        return used;
    }
}

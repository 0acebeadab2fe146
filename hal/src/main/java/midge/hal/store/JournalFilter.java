package midge.hal.store;

/** Says which records still matter, when a {@link Journal} is compacted. */
public interface JournalFilter {
    /**
     * Asked once for every record, oldest first.
     *
     * @param type as it was appended
     * @param body the record's octets, valid during this call
     * @return whether the record is kept
     */
    boolean keep(int type, byte[] body, int offset, int length);
}

package midge.hal.store;

/**
 * Raw append-only memory: a file, a flash region.
 *
 * <p>A power cut may leave any prefix of what was appended since {@link #sync}, never anything else; what was there at the last
 * {@link #sync} is whole.
 *
 * <p><em>For board authors:</em> where a half-programmed flash page can hold rubbish instead of a prefix, find the end at start by
 * other means, or let {@link Journal}'s checksums find it.
 */
public interface Storage {
    /** @return octets kept now */
    long length();

    /** @return {@code Hal.OK}, {@code Hal.FULL} (nothing was written) or another negative code (some may have been) */
    int append(byte[] bytes, int offset, int length);

    /** @return {@code Hal.OK} once everything appended before would survive a power cut, or a negative code */
    int sync();

    /** @return octets copied from position {@code at}, 0 at the end, or a negative code; fewer than asked only at the end */
    int read(long at, byte[] into, int offset, int capacity);

    /**
     * Forgets everything from position {@code length} on. On return it would survive a power cut; one in the middle leaves it done or
     * not done.
     *
     * @return {@code Hal.OK} or a negative code
     */
    int truncate(long length);
}

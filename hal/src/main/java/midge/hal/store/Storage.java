package midge.hal.store;

/** Raw append-only memory: a file, a flash region. A power cut may leave any prefix of what was appended since {@link #sync}. */
public interface Storage {
    /** @return octets kept now */
    long length();

    /** @return {@code Hal.OK}, {@code Hal.FULL} (nothing was written) or another negative code */
    int append(byte[] bytes, int offset, int length);

    /** @return {@code Hal.OK} once everything appended before would survive a power cut, or a negative code */
    int sync();

    /** @return octets copied from position {@code at}, 0 at the end, or a negative code */
    int read(long at, byte[] into, int offset, int capacity);

    /** Forgets everything from position {@code length} on. @return {@code Hal.OK} or a negative code */
    int truncate(long length);
}

package midge.runtime.task;

/** What a board can tell about itself. */
public interface BoardHealth {
    /** Nobody knows. */
    int UNKNOWN = Integer.MIN_VALUE;

    /** @return octets of memory that are free, or {@link #UNKNOWN} */
    int freeOctets();

    /** @return strength at which the radio hears the other side, dBm, or {@link #UNKNOWN} */
    int rssiDbm();
}

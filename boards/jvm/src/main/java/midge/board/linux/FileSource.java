package midge.board.linux;

import java.io.IOException;
import midge.board.SystemFiles;

/** Where a {@link FileSensor} gets one measurement from. Called on a thread of its own, one call at a time. */
public interface FileSource {
    /** @return the {@link midge.hal.sense.Quantity} of each value; fixed */
    int[] quantities();

    /**
     * Reads one measurement, and may take a second for it.
     *
     * @param values to be filled, in the order and the units of {@link #quantities}
     * @throws IOException of one sentence when there is none this time
     */
    void read(SystemFiles files, int[] values) throws IOException;

    /** @return how often one measurement is tried, 1 or more */
    default int attempts() {
        return 1;
    }

    /** @return time between two attempts, ms */
    default int pauseMs() {
        return 0;
    }
}

package midge.board;

import java.io.IOException;

/** Makes boards of one name; found by {@link java.util.ServiceLoader}, so that a machine loads only the natives of its own board. */
public interface BoardProvider {
    /** @return as in a device file, {@code raspberry-pi} */
    String name();

    /**
     * Opens the board.
     *
     * @throws IOException of one sentence when this machine is none
     */
    Board open() throws IOException;
}

package midge.board;

import java.io.IOException;
import java.util.List;

/** Files in which a kernel shows its devices. Paths begin with a slash; a root elsewhere is a machine for tests. */
public interface SystemFiles {
    /** @return names in a folder, in their order; empty when there is no such folder */
    List<String> list(String folder) throws IOException;

    /**
     * May take as long as the kernel's driver does, a second for some.
     *
     * @return the file's text without the end of its last line, 4 KiB at most
     */
    String read(String file) throws IOException;
}

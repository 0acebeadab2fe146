package midge.board.linux;

import java.nio.file.Path;
import midge.board.Board;
import midge.board.Boards;
import midge.board.SystemFiles;

/** Any Linux machine: the sensors that its kernel drives, and no pins. */
public final class LinuxBoard implements Board {
    private final SystemFiles files;

    /** @param root {@code /}, or a folder that looks like it */
    public LinuxBoard(Path root) {
        files = new RootedFiles(root);
    }

    @Override
    public String name() {
        return Boards.LINUX;
    }

    @Override
    public SystemFiles files() {
        return files;
    }

    @Override
    public void close() {}
}

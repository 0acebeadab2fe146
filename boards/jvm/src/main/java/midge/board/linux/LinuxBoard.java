package midge.board.linux;

import java.io.IOException;
import java.nio.file.Path;
import midge.board.Board;
import midge.board.Boards;
import midge.board.SystemFiles;
import midge.hal.Pwm;

/** Any Linux machine: the sensors and PWM outputs that its kernel drives, and no pins. */
public final class LinuxBoard implements Board {
    private final Path root;
    private final SystemFiles files;

    /** @param root {@code /}, or a folder that looks like it */
    public LinuxBoard(Path root) {
        this.root = root;
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
    public Pwm pwm(int channel) throws IOException {
        return SysfsPwm.open(root, channel);
    }

    @Override
    public void close() {}
}

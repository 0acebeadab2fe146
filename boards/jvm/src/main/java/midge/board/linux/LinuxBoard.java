package midge.board.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import midge.board.Board;
import midge.board.Boards;
import midge.board.I2cProvider;
import midge.board.SystemFiles;
import midge.hal.I2cBus;
import midge.hal.Pwm;

/** Any Linux machine: the sensors and PWM outputs that its kernel drives, its I2C buses, and no pins. */
public final class LinuxBoard implements Board {
    private final Path root;
    private final SystemFiles files;
    private final Map<Integer, I2cBus> buses = new HashMap<>();

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
    public I2cBus i2c(int bus) throws IOException {
        I2cBus open = buses.get(bus);
        if (open == null) {
            open = open(bus);
            buses.put(bus, open);
        }
        return open;
    }

    private I2cBus open(int bus) throws IOException {
        if (!Files.exists(root.resolve("dev/i2c-" + bus))) {
            throw new IOException("there is no /dev/i2c-" + bus + "; ./midge device check tells how to enable it");
        }
        for (I2cProvider provider : ServiceLoader.load(I2cProvider.class)) {
            return provider.open(bus);
        }
        return Board.super.i2c(bus);
    }

    @Override
    public Pwm pwm(int channel) throws IOException {
        return SysfsPwm.open(root, channel);
    }

    @Override
    public void close() {
        for (I2cBus bus : buses.values()) {
            if (bus instanceof AutoCloseable closeable) {
                close(closeable);
            }
        }
        buses.clear();
    }

    private static void close(AutoCloseable bus) {
        try {
            bus.close();
        } catch (Exception e) {
            throw new IllegalStateException("a bus does not close", e);
        }
    }
}

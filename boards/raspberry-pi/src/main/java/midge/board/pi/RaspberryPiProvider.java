package midge.board.pi;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import com.pi4j.plugin.linuxfs.provider.spi.LinuxFsSpiProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.board.Board;
import midge.board.BoardProvider;

/** Makes {@code board = "raspberry-pi"}. Nothing of Pi4J is loaded before {@link #open} has seen that the machine is one. */
public final class RaspberryPiProvider implements BoardProvider {
    static final String NAME = "raspberry-pi";

    private final Path root;

    /** For this machine. */
    public RaspberryPiProvider() {
        this(Path.of("/"));
    }

    RaspberryPiProvider(Path root) {
        this.root = root;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Board open() throws IOException {
        String model = model();
        if (!model.startsWith("Raspberry Pi")) {
            throw new IOException("this machine is no Raspberry Pi"
                    + (model.isEmpty() ? "" : " but a " + model)
                    + "; board = \"linux\" has the sensors of its kernel, --board sim simulates all of them");
        }
        try {
            return new RaspberryPiBoard(context(), root);
        } catch (Pi4JException | LinkageError e) {
            throw new IOException(
                    "the pins of this " + model + " cannot be used: " + e.getMessage()
                            + "; Pi4J has natives for ARMv7 and 64-bit ARM only, and the user must be in the group gpio",
                    e);
        }
    }

    /** {@return what the device tree calls the machine, empty on others} */
    private String model() throws IOException {
        Path file = root.resolve("proc/device-tree/model");
        return Files.isReadable(file) ? Files.readString(file).replace("\0", "").strip() : "";
    }

    private static Context context() {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(
                        GpioDDigitalInputProvider.newInstance(),
                        GpioDDigitalOutputProvider.newInstance(),
                        LinuxFsI2CProvider.newInstance(),
                        LinuxFsSpiProvider.newInstance())
                .build();
    }
}

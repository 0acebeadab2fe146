package midge.board.pi;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiChipSelect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import midge.board.Board;
import midge.board.SystemFiles;
import midge.board.linux.RootedFiles;
import midge.board.linux.SysfsPwm;
import midge.hal.DigitalIn;
import midge.hal.DigitalOut;
import midge.hal.EchoTimer;
import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.Pwm;
import midge.hal.SpiBus;

/** A Raspberry Pi. Pins are numbered as the BCM chip does. PWM is the kernel's own, whose files take nanoseconds. */
final class RaspberryPiBoard implements Board {
    private final Context pi4j;
    private final Path root;
    private final RootedFiles files;
    private final Map<String, Object> opened = new HashMap<>();

    /** @param pi4j closed with the board */
    RaspberryPiBoard(Context pi4j, Path root) {
        this.pi4j = pi4j;
        this.root = root;
        files = new RootedFiles(root);
    }

    @Override
    public String name() {
        return RaspberryPiProvider.NAME;
    }

    @Override
    public SystemFiles files() {
        return files;
    }

    private interface Making<T> {
        T make();
    }

    /** {@return what was opened under this name, or is now} */
    private <T> T once(String name, Class<T> kind, Making<T> making) throws IOException {
        try {
            Object made = opened.get(name);
            if (made == null) {
                made = making.make();
                opened.put(name, made);
            }
            if (!kind.isInstance(made)) {
                throw new IOException(name + " is used twice, once to read and once to write");
            }
            return kind.cast(made);
        } catch (Pi4JException | LinkageError e) {
            throw new IOException(
                    name + " cannot be opened: " + e.getMessage() + "; ./midge device check tells what is missing", e);
        }
    }

    private void needs(String node) throws IOException {
        if (!Files.exists(root.resolve(node.substring(1)))) {
            throw new IOException("there is no " + node + "; ./midge device check tells how to enable it");
        }
    }

    @Override
    public I2cBus i2c(int bus) throws IOException {
        needs("/dev/i2c-" + bus);
        return once(
                "i2c-" + bus,
                I2cBus.class,
                () -> new Pi4jI2cBus(address -> pi4j.create(I2C.newConfigBuilder(pi4j)
                        .id("i2c-" + bus + "-" + address)
                        .bus(bus)
                        .device(address)
                        .build())));
    }

    @Override
    public SpiBus spi(int bus, int chip, int hertz) throws IOException {
        needs("/dev/spidev" + bus + "." + chip);
        return once("spi-" + bus + "." + chip, SpiBus.class, () -> {
            Spi spi = pi4j.create(Spi.newConfigBuilder(pi4j)
                    .id("spi-" + bus + "-" + chip)
                    .bus(bus)
                    .chipSelect(SpiChipSelect.getByNumber(chip))
                    .baud(hertz)
                    .mode(0)
                    .build());
            return (write, writeOffset, read, readOffset, length) -> {
                try {
                    return spi.transfer(write, writeOffset, read, readOffset, length) == length
                            ? Hal.OK
                            : Hal.BUS_ERROR;
                } catch (Pi4JException e) {
                    return Hal.BUS_ERROR;
                }
            };
        });
    }

    @Override
    public DigitalIn input(int pin, Pull pull) throws IOException {
        return once("pin " + pin, DigitalIn.class, () -> {
            DigitalInput input = pi4j.create(DigitalInput.newConfigBuilder(pi4j)
                    .id("in-" + pin)
                    .address(pin)
                    .debounce(0L)
                    .pull(resistance(pull))
                    .build());
            return () -> {
                try {
                    return input.state() == DigitalState.UNKNOWN ? Hal.NO_VALUE : input.isHigh() ? 1 : 0;
                } catch (Pi4JException e) {
                    return Hal.GONE;
                }
            };
        });
    }

    private static PullResistance resistance(Pull pull) {
        return switch (pull) {
            case NONE -> PullResistance.OFF;
            case UP -> PullResistance.PULL_UP;
            case DOWN -> PullResistance.PULL_DOWN;
        };
    }

    @Override
    public DigitalOut output(int pin, boolean high) throws IOException {
        return once("pin " + pin, DigitalOut.class, () -> {
            DigitalOutput output = pi4j.create(DigitalOutput.newConfigBuilder(pi4j)
                    .id("out-" + pin)
                    .address(pin)
                    .initial(high ? DigitalState.HIGH : DigitalState.LOW)
                    .build());
            return level -> {
                try {
                    output.state(level ? DigitalState.HIGH : DigitalState.LOW);
                    return Hal.OK;
                } catch (Pi4JException e) {
                    return Hal.GONE;
                }
            };
        });
    }

    @Override
    public Pwm pwm(int channel) throws IOException {
        return SysfsPwm.open(root, channel);
    }

    /** Pi4J's listeners tell no times, and run milliseconds after the edge: a metre of air. */
    @Override
    public EchoTimer echo(int triggerPin, int echoPin) throws IOException {
        throw new IOException("this board cannot time edges; let the kernel do it (driver srf04) and use kind = \"iio\""
                + " with channels = \"in_distance\"");
    }

    @Override
    public void close() {
        pi4j.shutdown();
    }
}

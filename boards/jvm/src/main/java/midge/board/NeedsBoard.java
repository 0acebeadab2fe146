package midge.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.board.linux.RootedFiles;
import midge.board.sim.SimBoard;
import midge.hal.Clock;
import midge.hal.DigitalIn;
import midge.hal.DigitalOut;
import midge.hal.EchoTimer;
import midge.hal.I2cBus;
import midge.hal.Pwm;
import midge.hal.SpiBus;

/** Opens nothing, and remembers what a device file would have had opened. */
final class NeedsBoard implements Board {
    private static final String RASPI_CONFIG = "sudo raspi-config nonint ";
    private static final String CONFIG = " in /boot/firmware/config.txt, and restart";

    private final String name;
    private final RootedFiles files;
    private final SimBoard models;
    private final List<Need> needs = new ArrayList<>();

    /**
     * A device node that is wanted.
     *
     * @param what in words
     * @param node the file
     * @param enabling how the machine gets it
     */
    record Need(String what, String node, String enabling) {}

    NeedsBoard(String name, Path root, Clock clock) {
        this.name = name;
        files = new RootedFiles(root);
        models = new SimBoard(clock);
    }

    List<Need> needs() {
        return needs.stream().distinct().toList();
    }

    static Need i2cNeed(int bus) {
        return new Need(
                "I2C bus " + bus,
                "/dev/i2c-" + bus,
                RASPI_CONFIG + "do_i2c 0, or dtparam=i2c_arm=on" + CONFIG + " (and modprobe i2c-dev)");
    }

    static Need spiNeed(int bus, int chip) {
        return new Need(
                "SPI " + bus + "." + chip,
                "/dev/spidev" + bus + "." + chip,
                RASPI_CONFIG + "do_spi 0, or dtparam=spi=on" + CONFIG);
    }

    static Need pinNeed() {
        return new Need("pins", "/dev/gpiochip0", "a kernel with the GPIO character device, 4.8 or newer");
    }

    static Need pwmNeed() {
        return new Need("PWM", "/sys/class/pwm/pwmchip0", "dtoverlay=pwm-2chan" + CONFIG);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SystemFiles files() {
        return files;
    }

    @Override
    public I2cBus i2c(int bus) {
        needs.add(i2cNeed(bus));
        return models.i2c(bus);
    }

    @Override
    public SpiBus spi(int bus, int chip, int hertz) {
        needs.add(spiNeed(bus, chip));
        return models.spi(bus, chip, hertz);
    }

    @Override
    public DigitalIn input(int pin, Pull pull) {
        needs.add(pinNeed());
        return models.input(pin, pull);
    }

    @Override
    public DigitalOut output(int pin, boolean high) {
        needs.add(pinNeed());
        return models.output(pin, high);
    }

    @Override
    public Pwm pwm(int channel) {
        needs.add(pwmNeed());
        return models.pwm(channel);
    }

    @Override
    public EchoTimer echo(int triggerPin, int echoPin) {
        needs.add(pinNeed());
        return models.echo(triggerPin, echoPin);
    }

    @Override
    public void close() {}
}

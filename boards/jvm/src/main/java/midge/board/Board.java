package midge.board;

import java.io.IOException;
import midge.hal.DigitalIn;
import midge.hal.DigitalOut;
import midge.hal.EchoTimer;
import midge.hal.I2cBus;
import midge.hal.Pwm;
import midge.hal.SpiBus;

/**
 * The pins and buses of one machine. Each call opens what it names, once; another call gives the same one. What a board does not
 * have, and what the machine does not let us use, is an {@link IOException} of one sentence that says what to do.
 *
 * <p>Pins have the numbers that the board's maker gives them (on a Raspberry Pi those of the BCM chip), buses those of Linux.
 */
public interface Board extends AutoCloseable {
    /** @return as in a device file, {@code raspberry-pi} */
    String name();

    /** @return the machine's files, where Linux shows the sensors that it drives itself */
    SystemFiles files();

    /** @param bus 1 for {@code /dev/i2c-1} */
    default I2cBus i2c(int bus) throws IOException {
        throw lacks("I2C buses");
    }

    /**
     * @param bus 0 for {@code /dev/spidev0.0}
     * @param chip the number of the select line
     * @param hertz clock rate, 1_000..50_000_000; mode 0
     */
    default SpiBus spi(int bus, int chip, int hertz) throws IOException {
        throw lacks("SPI buses");
    }

    /** Opens a pin to read, with the pull resistor given. */
    default DigitalIn input(int pin, Pull pull) throws IOException {
        throw lacks("pins");
    }

    /** @param high the level until the first write */
    default DigitalOut output(int pin, boolean high) throws IOException {
        throw lacks("pins");
    }

    /** @param channel as the board counts its PWM outputs, from 0 */
    default Pwm pwm(int channel) throws IOException {
        throw lacks("PWM outputs");
    }

    /** Opens two pins to measure a pulse that answers another. */
    default EchoTimer echo(int triggerPin, int echoPin) throws IOException {
        throw lacks("pins with timed edges");
    }

    /** Tells which chip will be looked for. A simulated board puts a model there; others have the chip or not. */
    default void expect(ExpectedChip chip) {}

    /** Lets go of everything that was opened. */
    @Override
    void close();

    private IOException lacks(String what) {
        return new IOException("the board \"" + name() + "\" has no " + what
                + "; board = \"raspberry-pi\" is one with them," + " board = \"sim\" simulates them");
    }

    /** The resistor at an input pin. */
    enum Pull {
        /** None: the line is driven from outside. */
        NONE,
        /** To the supply. */
        UP,
        /** To ground. */
        DOWN
    }
}

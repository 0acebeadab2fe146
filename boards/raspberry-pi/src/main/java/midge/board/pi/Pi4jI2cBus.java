package midge.board.pi;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import midge.hal.Hal;
import midge.hal.I2cBus;
import org.jspecify.annotations.Nullable;

/** One I2C bus, of which Pi4J opens each address by itself. A write and a read go as one transaction (I2C_RDWR). */
final class Pi4jI2cBus implements I2cBus {
    private static final int FIRST_ADDRESS = 0x08;
    private static final int LAST_ADDRESS = 0x77;

    private final IntFunction<I2C> opener;
    private final Map<Integer, I2C> devices = new HashMap<>();

    Pi4jI2cBus(IntFunction<I2C> opener) {
        this.opener = opener;
    }

    @Override
    public int transfer(
            int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength) {
        if (address < FIRST_ADDRESS || address > LAST_ADDRESS) {
            return Hal.INVALID;
        }
        try {
            I2C device = devices.computeIfAbsent(address, opener::apply);
            int moved;
            int wanted;
            if (readLength == 0) {
                wanted = writeLength;
                moved = device.write(write, writeOffset, writeLength);
            } else {
                wanted = readLength;
                moved = writeLength == 0
                        ? device.read(read, readOffset, readLength)
                        : device.readRegister(
                                Arrays.copyOfRange(write, writeOffset, writeOffset + writeLength),
                                read,
                                readOffset,
                                readLength);
            }
            return moved == wanted ? Hal.OK : Hal.BUS_ERROR;
        } catch (Pi4JException | IllegalStateException e) {
            return code(e);
        }
    }

    /** What Linux says when nobody acknowledges differs from driver to driver: ENXIO, or EREMOTEIO. */
    static int code(Throwable thrown) {
        for (@Nullable Throwable e = thrown; e != null; e = e.getCause()) {
            String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (said.contains("remote i/o")
                    || said.contains("no such device or address")
                    || said.contains("errno 121")
                    || said.contains("errno 6")) {
                return Hal.NACK;
            }
            if (said.contains("not supported")) {
                return Hal.UNSUPPORTED;
            }
        }
        return Hal.BUS_ERROR;
    }
}

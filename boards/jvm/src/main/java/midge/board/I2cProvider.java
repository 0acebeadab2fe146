package midge.board;

import java.io.IOException;
import midge.hal.I2cBus;

/** Opens I2C buses of machines whose board has no way of its own. Found by {@link java.util.ServiceLoader}. */
public interface I2cProvider {
    /**
     * Opens a bus; it is also {@link AutoCloseable}.
     *
     * @param bus 1 for {@code /dev/i2c-1}
     * @throws IOException of one sentence when the machine does not give it
     */
    I2cBus open(int bus) throws IOException;
}

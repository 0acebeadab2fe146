package midge.board.i2c;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import midge.board.I2cProvider;
import midge.hal.I2cBus;

/** Opens {@code /dev/i2c-N}. */
public final class DeviceFileI2c implements I2cProvider {
    @Override
    public I2cBus open(int bus) throws IOException {
        String path = "/dev/i2c-" + bus;
        try {
            return I2cFile.open(Libc.load(), path);
        } catch (LastErrorException e) {
            throw new IOException(
                    e.getErrorCode() == Libc.EACCES
                            ? "this user may not use " + path + "; ./midge device check tells which group may"
                            : path + " cannot be used (errno " + e.getErrorCode() + ")",
                    e);
        } catch (LinkageError e) {
            throw new IOException("I2C buses cannot be used: JNA has no natives for this machine", e);
        }
    }
}

package midge.board.i2c;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import midge.hal.Hal;
import midge.hal.I2cBus;

/** The transfers that every I2C device file shares: the address is checked, and errno becomes a code. */
abstract class I2cFile implements I2cBus, AutoCloseable {
    private static final int FIRST_ADDRESS = 0x08;
    private static final int LAST_ADDRESS = 0x77;

    private final Libc libc;
    private final int file;
    private boolean isClosed;

    I2cFile(Libc libc, int file) {
        this.libc = libc;
        this.file = file;
    }

    /** Opens what the adapter is capable of: whole transfers, or only accesses to registers as SMBus has them. */
    static I2cFile open(Libc libc, String path) {
        int file = libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC);
        try (Memory abilities = new Memory(NativeLong.SIZE)) {
            libc.ioctl(file, new NativeLong(I2cDev.I2C_FUNCS), abilities);
            boolean isWhole = (abilities.getInt(0) & I2cDev.FUNC_I2C) != 0;
            return isWhole ? new WholeTransfers(libc, file) : new RegisterTransfers(libc, file);
        } catch (LastErrorException e) {
            libc.close(file);
            throw e;
        }
    }

    /** Asks the kernel. */
    final void control(int request, Pointer argument) {
        libc.ioctl(file, new NativeLong(request), argument);
    }

    /** One transfer with an address that is right. {@return a code} */
    abstract int move(
            int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength);

    @Override
    public final int transfer(
            int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength) {
        if (address < FIRST_ADDRESS || address > LAST_ADDRESS) {
            return Hal.INVALID;
        }
        if (isClosed) {
            return Hal.GONE;
        }
        try {
            return move(address, write, writeOffset, writeLength, read, readOffset, readLength);
        } catch (LastErrorException e) {
            return code(e.getErrorCode());
        }
    }

    /** What Linux says when nobody acknowledges differs from driver to driver. */
    static int code(int errno) {
        return switch (errno) {
            case Libc.ENXIO, Libc.EREMOTEIO, Libc.ENODEV -> Hal.NACK;
            case Libc.EOPNOTSUPP -> Hal.UNSUPPORTED;
            default -> Hal.BUS_ERROR;
        };
    }

    @Override
    public final void close() {
        if (!isClosed) {
            isClosed = true;
            libc.close(file);
        }
    }

    /** Octets of a pointer, as structures of the kernel are laid out here. */
    static final int POINTER = Native.POINTER_SIZE;
}

package midge.board.i2c;

import com.sun.jna.Memory;
import midge.hal.Hal;

/** A bus that does whole transfers, as most do: a write and a read with a repeated start between them (I2C_RDWR). */
final class WholeTransfers extends I2cFile {
    private static final int OCTETS_MAX = 4_096;
    /** {@code struct i2c_msg}: address, flags and length of 16 bits each, then a pointer. */
    private static final int MESSAGE_BUFFER = Math.max(8, POINTER);

    private static final int MESSAGE = MESSAGE_BUFFER + POINTER;
    /** {@code struct i2c_rdwr_ioctl_data}: a pointer and a count. */
    private static final int COUNT = POINTER;

    private final Memory request = new Memory(2L * POINTER);
    private final Memory messages = new Memory(2L * MESSAGE);
    private final Memory out = new Memory(OCTETS_MAX);
    private final Memory in = new Memory(OCTETS_MAX);

    WholeTransfers(Libc libc, int file) {
        super(libc, file);
    }

    @Override
    int move(int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength) {
        if (writeLength > OCTETS_MAX || readLength > OCTETS_MAX) {
            return Hal.INVALID;
        }
        int count = 0;
        if (writeLength > 0 || readLength == 0) {
            out.write(0, write, writeOffset, writeLength);
            message(count++, address, 0, writeLength, out);
        }
        if (readLength > 0) {
            message(count++, address, I2cDev.M_RD, readLength, in);
        }
        request.setPointer(0, messages);
        request.setInt(COUNT, count);
        control(I2cDev.I2C_RDWR, request);
        in.read(0, read, readOffset, readLength);
        return Hal.OK;
    }

    private void message(int index, int address, int flags, int length, Memory octets) {
        long at = (long) index * MESSAGE;
        messages.setShort(at, (short) address);
        messages.setShort(at + 2, (short) flags);
        messages.setShort(at + 4, (short) length);
        messages.setPointer(at + MESSAGE_BUFFER, octets);
    }
}

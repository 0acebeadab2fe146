package midge.board.i2c;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import midge.hal.Hal;

/**
 * An SMBus adapter, as in PCs: it reads and writes registers that have a number of one octet, 32 octets at most, and does nothing else.
 * Of those transfers the octets on the wire are the same as with I2C.
 */
final class RegisterTransfers extends I2cFile {
    /** {@code struct i2c_smbus_ioctl_data}: direction and command of one octet each, the kind of access, a pointer. */
    private static final int COMMAND = 1;

    private static final int KIND = 4;
    private static final int DATA = 8;

    private final Memory request = new Memory(DATA + POINTER);
    /** The length of a block, then its octets; or the one octet. */
    private final Memory data = new Memory(I2cDev.SMBUS_BLOCK_MAX + 2L);

    RegisterTransfers(Libc libc, int file) {
        super(libc, file);
        request.clear();
    }

    @Override
    int move(int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength) {
        int valueLength = writeLength - 1;
        if (readLength > I2cDev.SMBUS_BLOCK_MAX || valueLength > I2cDev.SMBUS_BLOCK_MAX) {
            return Hal.UNSUPPORTED;
        }
        // The kernel takes the address as the argument itself.
        control(I2cDev.I2C_SLAVE, Pointer.createConstant(address));
        byte register = writeLength > 0 ? write[writeOffset] : 0;
        if (readLength == 0) {
            return writeLength == 0
                    ? access(I2cDev.SMBUS_WRITE, register, I2cDev.SMBUS_QUICK)
                    : write(register, write, writeOffset + 1, valueLength);
        }
        if (writeLength > 1 || (writeLength == 0 && readLength > 1)) {
            return Hal.UNSUPPORTED;
        }
        return writeLength == 0 ? receive(read, readOffset) : read(register, read, readOffset, readLength);
    }

    private int write(byte register, byte[] value, int offset, int length) {
        if (length == 0) {
            return access(I2cDev.SMBUS_WRITE, register, I2cDev.SMBUS_BYTE);
        }
        if (length == 1) {
            data.setByte(0, value[offset]);
            return access(I2cDev.SMBUS_WRITE, register, I2cDev.SMBUS_BYTE_DATA);
        }
        data.setByte(0, (byte) length);
        data.write(1, value, offset, length);
        return access(I2cDev.SMBUS_WRITE, register, I2cDev.SMBUS_I2C_BLOCK_DATA);
    }

    private int receive(byte[] into, int offset) {
        int status = access(I2cDev.SMBUS_READ, (byte) 0, I2cDev.SMBUS_BYTE);
        into[offset] = data.getByte(0);
        return status;
    }

    private int read(byte register, byte[] into, int offset, int length) {
        if (length == 1) {
            int status = access(I2cDev.SMBUS_READ, register, I2cDev.SMBUS_BYTE_DATA);
            into[offset] = data.getByte(0);
            return status;
        }
        data.setByte(0, (byte) length);
        int status = access(I2cDev.SMBUS_READ, register, I2cDev.SMBUS_I2C_BLOCK_DATA);
        data.read(1, into, offset, length);
        return data.getByte(0) == length ? status : Hal.BUS_ERROR;
    }

    private int access(byte direction, byte command, int kind) {
        request.setByte(0, direction);
        request.setByte(COMMAND, command);
        request.setInt(KIND, kind);
        request.setPointer(DATA, data);
        control(I2cDev.I2C_SMBUS, request);
        return Hal.OK;
    }
}

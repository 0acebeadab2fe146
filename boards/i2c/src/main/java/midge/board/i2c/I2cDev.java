package midge.board.i2c;

/** Numbers of {@code linux/i2c-dev.h} and {@code linux/i2c.h}. */
final class I2cDev {
    /** Which address the next SMBus access is for; refused when a driver of the kernel has it. */
    static final int I2C_SLAVE = 0x0703;

    static final int I2C_FUNCS = 0x0705;
    static final int I2C_RDWR = 0x0707;
    static final int I2C_SMBUS = 0x0720;

    /** The ability to do {@link #I2C_RDWR}. */
    static final int FUNC_I2C = 0x0000_0001;

    /** In the flags of a message. */
    static final int M_RD = 0x0001;

    static final byte SMBUS_WRITE = 0;
    static final byte SMBUS_READ = 1;

    static final int SMBUS_QUICK = 0;
    static final int SMBUS_BYTE = 1;
    static final int SMBUS_BYTE_DATA = 2;
    static final int SMBUS_I2C_BLOCK_DATA = 8;
    static final int SMBUS_BLOCK_MAX = 32;

    private I2cDev() {}
}

package midge.board.i2c;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A kernel with one chip at 0x76, whose registers count up from what was written last; it reads the structures as Linux lays them out. */
final class FakeAdapter implements Libc {
    static final int CHIP = 0x76;
    private static final int FILE = 7;

    final List<String> seen = new ArrayList<>();
    private final boolean isWhole;
    private long address;
    private int register;
    int openErrno;
    int closed;

    FakeAdapter(boolean isWhole) {
        this.isWhole = isWhole;
    }

    @Override
    public int open(String path, int flags) {
        if (openErrno != 0) {
            throw new LastErrorException(openErrno);
        }
        return FILE;
    }

    @Override
    public int close(int file) {
        closed++;
        return 0;
    }

    @Override
    public int ioctl(int file, NativeLong request, Pointer argument) {
        switch (request.intValue()) {
            case I2cDev.I2C_FUNCS -> argument.setInt(0, isWhole ? I2cDev.FUNC_I2C : 0x0EFF_0000);
            case I2cDev.I2C_SLAVE -> address = Pointer.nativeValue(argument);
            case I2cDev.I2C_SMBUS -> smbus(argument);
            case I2cDev.I2C_RDWR -> whole(argument);
            default -> throw new LastErrorException(25);
        }
        return 0;
    }

    private void answer(long asked) {
        if (asked != CHIP) {
            throw new LastErrorException(Libc.ENXIO);
        }
    }

    /** On a 64-bit machine, as the tests are. */
    private void whole(Pointer request) {
        Pointer messages = request.getPointer(0);
        for (int i = 0; i < request.getInt(8); i++) {
            Pointer message = messages.share(16L * i);
            answer(message.getShort(0));
            int length = message.getShort(4);
            Pointer octets = message.getPointer(8);
            boolean isRead = message.getShort(2) == 1;
            seen.add((isRead ? "read " : "write ") + (isRead ? "" + length : hex(octets.getByteArray(0, length))));
            for (int j = 0; j < length && isRead; j++) {
                octets.setByte(j, (byte) register++);
            }
            if (!isRead && length > 0) {
                register = octets.getByte(0);
            }
        }
    }

    private void smbus(Pointer request) {
        answer(address);
        boolean isRead = request.getByte(0) == 1;
        int command = request.getByte(1) & 0xFF;
        int kind = request.getInt(4);
        Pointer data = request.getPointer(8);
        int length = kind == 8 ? data.getByte(0) : kind == 0 ? 0 : 1;
        int first = kind == 8 ? 1 : 0;
        boolean hasValue = kind == 2 || kind == 8;
        seen.add((isRead ? "read " : "write ") + "kind " + kind + " register " + command
                + (hasValue ? isRead ? " " + length : " " + hex(data.getByteArray(first, length)) : ""));
        for (int j = 0; j < length && isRead; j++) {
            data.setByte(first + j, (byte) (command + j));
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}

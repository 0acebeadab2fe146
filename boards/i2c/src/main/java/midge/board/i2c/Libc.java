package midge.board.i2c;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** What of the C library a device file needs. Failures are {@link LastErrorException}s with the errno. */
interface Libc extends Library {
    int O_RDWR = 2;
    int O_CLOEXEC = 0x80000;

    int ENXIO = 6;
    int EACCES = 13;
    int ENODEV = 19;
    int EOPNOTSUPP = 95;
    int EREMOTEIO = 121;

    /** Loads it when it is first used. */
    static Libc load() {
        return Native.load("c", Libc.class);
    }

    int open(String path, int flags) throws LastErrorException;

    int ioctl(int file, NativeLong request, Pointer argument) throws LastErrorException;

    int close(int file) throws LastErrorException;
}

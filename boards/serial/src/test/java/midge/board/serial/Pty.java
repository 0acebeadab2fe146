package midge.board.serial;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A serial port without hardware: a name that programs open, and the other end of the line in this process. It can be unplugged, which
 * programs see as they see it of an adapter, and plugged in again under the same name.
 */
public final class Pty implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800;
    private static final int EAGAIN = 11;
    private static final short POLLIN = 1;
    private static final int POLL_MS = 50;

    private final Path name;
    private int master = -1;
    private int slave = -1;
    private volatile boolean isClosed;

    /** The C library, by JNA's direct calls. */
    private static final class C {
        static {
            Native.register(C.class, "c");
        }

        static native int posix_openpt(int flags) throws LastErrorException;

        static native int grantpt(int fd) throws LastErrorException;

        static native int unlockpt(int fd) throws LastErrorException;

        static native Pointer ptsname(int fd) throws LastErrorException;

        static native int open(String path, int flags) throws LastErrorException;

        static native int close(int fd) throws LastErrorException;

        static native long read(int fd, byte[] into, long count) throws LastErrorException;

        static native long write(int fd, byte[] octets, long count) throws LastErrorException;

        static native int poll(PollFd fd, long count, int timeoutMs) throws LastErrorException;

        static native int tcgetattr(int fd, byte[] termios) throws LastErrorException;

        static native int cfgetospeed(byte[] termios) throws LastErrorException;
    }

    /** {@code struct pollfd}. */
    @Structure.FieldOrder({"fd", "events", "revents"})
    public static final class PollFd extends Structure {
        public int fd;
        public short events = POLLIN;
        public short revents;
    }

    /** Plugs it in. @param name that programs open; its folder exists */
    public Pty(Path name) {
        this.name = name;
        plug();
    }

    /** {@return the name that programs open} */
    public Path name() {
        return name;
    }

    /** Appears again under its name. */
    public synchronized void plug() {
        master = C.posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
        C.grantpt(master);
        C.unlockpt(master);
        String device = C.ptsname(master).getString(0);
        slave = C.open(device, O_RDWR | O_NOCTTY); // kept: this end would see an error while nobody has the other open
        try {
            Files.deleteIfExists(name);
            Files.createSymbolicLink(name, Path.of(device));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Disappears. */
    public synchronized void unplug() {
        try {
            Files.deleteIfExists(name); // first, since the device's number may be somebody else's at once
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (master >= 0) {
            C.close(master);
            C.close(slave);
            master = -1;
        }
    }

    /** {@return octets read, 0 when none came in time, -1 while it is unplugged} */
    public int read(byte[] into, int timeoutMs) {
        PollFd poll = new PollFd();
        poll.fd = fd();
        try {
            if (poll.fd >= 0 && C.poll(poll, 1, timeoutMs) == 0) {
                return 0;
            }
            synchronized (this) {
                return master >= 0 && master == poll.fd ? (int) C.read(master, into, into.length) : -1;
            }
        } catch (LastErrorException e) {
            return e.getErrorCode() == EAGAIN ? 0 : -1;
        }
    }

    private synchronized int fd() {
        return master;
    }

    /** Writes all, waiting for room; lost while it is unplugged. */
    public void write(byte[] octets) {
        for (int done = 0; done < octets.length; ) {
            byte[] rest = Arrays.copyOfRange(octets, done, octets.length);
            try {
                synchronized (this) {
                    if (master < 0) {
                        return;
                    }
                    done += (int) C.write(master, rest, rest.length);
                }
            } catch (LastErrorException e) {
                if (e.getErrorCode() != EAGAIN) {
                    return; // unplugged meanwhile
                }
                LockSupport.parkNanos(1_000_000L);
            }
        }
    }

    /** {@return the speed that the program has set, as the constant of termios} */
    public int speedConstant() {
        byte[] termios = new byte[256];
        C.tcgetattr(slave, termios);
        return C.cfgetospeed(termios);
    }

    /** {@return what the program writes; reading ends when the terminal is closed, and waits through unplugging} */
    public InputStream input() {
        return new InputStream() {
            private final byte[] one = new byte[1];

            @Override
            public int read() throws IOException {
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                byte[] octets = new byte[length];
                while (!isClosed) {
                    int count = Pty.this.read(octets, POLL_MS);
                    if (count > 0) {
                        System.arraycopy(octets, 0, into, offset, count);
                        return count;
                    }
                    if (count < 0) {
                        LockSupport.parkNanos(POLL_MS * 1_000_000L);
                    }
                }
                return -1;
            }
        };
    }

    /** {@return what the program reads} */
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                Pty.this.write(new byte[] {(byte) octet});
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                Pty.this.write(Arrays.copyOfRange(octets, offset, offset + length));
            }
        };
    }

    @Override
    public void close() {
        isClosed = true;
        unplug();
    }
}

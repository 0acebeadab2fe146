package midge.board.serial;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a port for one user among all programs of ours, whichever driver they have. The drivers' own locks do not do that: jSSC's lets
 * root pass, jSerialComm's is seen by itself alone.
 */
final class PortLock implements AutoCloseable {
    private static final Path RUN = Path.of("/run/lock");

    private final @Nullable FileChannel channel;

    private PortLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** {@return the lock, or null when somebody else has it} */
    static @Nullable PortLock of(Path port) {
        Path folder = Files.isWritable(RUN) ? RUN : Path.of(System.getProperty("java.io.tmpdir"));
        Path file = folder.resolve("midge-serial" + port.toString().replace('/', '-') + ".lock");
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return new PortLock(null); // another user's, who has perhaps ended: the driver's own lock decides
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new PortLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // this very program has it
        } catch (IOException e) {
            return new PortLock(channel); // a file system without locks
        }
        close(channel);
        return null;
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            close(channel);
        }
    }
}

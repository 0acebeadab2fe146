package midge.board.jvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import midge.hal.Hal;
import midge.hal.store.Storage;

/** A file as {@link Storage}. Locked while it is open, so that no second device writes to it. */
public final class FileStorage implements Storage, AutoCloseable {
    private final FileChannel channel;
    private final long capacity;
    private long length;
    private String failure = "";

    private FileStorage(FileChannel channel, long capacity) throws IOException {
        this.channel = channel;
        this.capacity = capacity;
        length = channel.size();
    }

    /**
     * Opens the file, or makes an empty one.
     *
     * @param capacity octets that it may grow to
     * @throws IOException with one line for a person to read, also when another process has it open
     */
    public static FileStorage open(Path file, long capacity) throws IOException {
        boolean isNew = !Files.exists(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, file);
            if (isNew) {
                syncFolder(file);
            }
            return new FileStorage(channel, capacity);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // this process has it open already
        }
        throw new IOException(file + " is in use: another device has it open");
    }

    /** The file's name must survive a power cut too. */
    private static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    /** {@return why the last call failed, one line for a person to read; empty when none has} */
    public String failure() {
        return failure;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int append(byte[] bytes, int offset, int count) {
        if (count > capacity - length) {
            return Hal.FULL;
        }
        ByteBuffer from = ByteBuffer.wrap(bytes, offset, count);
        try {
            while (from.hasRemaining()) {
                length += channel.write(from, length);
            }
            return Hal.OK;
        } catch (IOException e) {
            return failed(e);
        }
    }

    private int failed(IOException e) {
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Hal.GONE;
    }

    @Override
    public int sync() {
        try {
            channel.force(false);
            return Hal.OK;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public int read(long at, byte[] into, int offset, int count) {
        if (at < 0) {
            return Hal.INVALID;
        }
        ByteBuffer to = ByteBuffer.wrap(into, offset, (int) Math.max(0, Math.min(count, length - at)));
        try {
            while (to.hasRemaining()) {
                if (channel.read(to, at + to.position() - offset) < 0) {
                    break;
                }
            }
            return to.position() - offset;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public int truncate(long toLength) {
        if (toLength < 0 || toLength > length) {
            return Hal.INVALID;
        }
        try {
            channel.truncate(toLength);
            length = toLength;
            channel.force(true);
            return Hal.OK;
        } catch (IOException e) {
            return failed(e);
        }
    }

    /** Closes and unlocks the file; what was not synced may be lost in a power cut, not by this. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package midge.board;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.board.jvm.FileStorage;
import midge.runtime.store.DeviceJournal;

/** The files of an outbox that survives power cuts: two for the journal, and one with the numbers of topics. */
final class OutboxFiles implements AutoCloseable {
    /** What one waiting message takes on storage besides its payload. */
    private static final int RECORD_OCTETS = 45;
    /** For the session, and for what is stale. */
    private static final int ROOM = 65_536;

    private final FileStorage first;
    private final FileStorage second;
    private final DeviceJournal journal;

    private OutboxFiles(FileStorage first, FileStorage second, DeviceJournal journal) {
        this.first = first;
        this.second = second;
        this.journal = journal;
    }

    /**
     * @param packetOctets the longest PUBLISH
     * @throws IOException of one sentence
     */
    static OutboxFiles open(Path folder, int messages, int packetOctets) throws IOException {
        long octets = Math.min(
                1_000_000_000L, (long) messages * (RECORD_OCTETS + Device.PAYLOAD_OCTETS) + 2L * packetOctets + ROOM);
        try {
            FileStorage first = FileStorage.open(folder.resolve("outbox-1"), octets);
            FileStorage second;
            try {
                second = FileStorage.open(folder.resolve("outbox-2"), octets);
            } catch (IOException e) {
                first.close();
                throw e;
            }
            DeviceJournal journal = new DeviceJournal(
                    first, second, messages, Device.PAYLOAD_OCTETS, packetOctets, MqttLine.RECEIVE_MAX, (int) octets);
            OutboxFiles files = new OutboxFiles(first, second, journal);
            int status = journal.open();
            if (status < 0) {
                String why = first.failure().isEmpty() ? second.failure() : first.failure();
                files.close();
                throw new IOException("the outbox in " + folder + " cannot be used ("
                        + (why.isEmpty() ? "status " + status : why) + ")");
            }
            return files;
        } catch (AccessDeniedException e) {
            throw mayNot(e);
        }
    }

    /** Makes the folder. @throws IOException of one sentence */
    static TopicNumbers topics(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            return TopicNumbers.in(folder);
        } catch (AccessDeniedException e) {
            throw mayNot(e);
        }
    }

    private static IOException mayNot(AccessDeniedException e) {
        return new IOException(
                "this user may not use " + e.getFile()
                        + " for the outbox; give it away with chown, or name another folder",
                e);
    }

    DeviceJournal journal() {
        return journal;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}

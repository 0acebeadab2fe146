package midge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.board.jvm.FileStorage;
import midge.gateway.app.GatewaySettings;
import midge.gateway.store.StateStore;
import midge.hal.Hal;
import org.tinylog.Logger;

/** The two files in which a gateway keeps its sessions. */
final class SessionFiles implements AutoCloseable {
    private final Path directory;
    private final FileStorage first;
    private final FileStorage second;
    private final StateStore store;

    private SessionFiles(Path directory, FileStorage first, FileStorage second, StateStore store) {
        this.directory = directory;
        this.first = first;
        this.second = second;
        this.store = store;
    }

    /** Opens them, or makes empty ones; the directory too. */
    static SessionFiles open(Path directory, GatewaySettings settings) {
        try {
            Files.createDirectories(directory);
            FileStorage first = FileStorage.open(directory.resolve("sessions-0.a"), settings.storeOctets());
            FileStorage second = FileStorage.open(directory.resolve("sessions-0.b"), settings.storeOctets());
            StateStore store = new StateStore(
                    first,
                    second,
                    settings.config().durability(),
                    settings.config().storeBatchMs());
            return new SessionFiles(directory, first, second, store);
        } catch (IOException e) {
            throw new UserError(
                    ExitCode.FAILED,
                    "cannot keep sessions in " + directory + " (" + e.getMessage()
                            + "); let this user write there and no other gateway use it, or name another with --store DIR");
        }
    }

    StateStore store() {
        return store;
    }

    /** Says what was found. */
    void tell(int known) {
        System.out.println("sessions in " + directory + ": " + known + " restored");
        if (store.tornOctets() > 0) {
            Logger.warn("{} octets at the end of the journal were half-written and are cut off", store.tornOctets());
        }
        if (store.failure() != Hal.OK) {
            Logger.error(
                    "the journal in {} cannot be read or written: {}{}", directory, first.failure(), second.failure());
        }
    }

    @Override
    public void close() {
        try (first;
                second) {
            Logger.debug("sessions are in {}", directory);
        } catch (IOException e) {
            Logger.warn("closing the journal: {}", e.getMessage());
        }
    }
}

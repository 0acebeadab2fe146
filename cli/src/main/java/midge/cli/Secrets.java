package midge.cli;

import java.nio.file.Path;
import midge.settings.SecretFile;

/** Files that only their owner, or its group, should be able to read: passwords and private keys. */
final class Secrets {
    private Secrets() {}

    /** Throws when everybody on this machine can read {@code file}; a file that is missing is told when it is read. */
    static void refuseWorldReadable(String what, Path file) {
        try {
            SecretFile.refuseWorldReadable(what, file);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}

package midge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner, or its group, should be able to read: passwords and private keys. */
final class Secrets {
    private Secrets() {}

    /** Throws when everybody on this machine can read {@code file}; a file that is missing is told when it is read. */
    static void refuseWorldReadable(String what, Path file) {
        try {
            if (!Files.exists(file) || !Files.getFileStore(file).supportsFileAttributeView("posix")) {
                return;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (Files.isRegularFile(file) && permissions.contains(PosixFilePermission.OTHERS_READ)) {
                throw new UserError(
                        ExitCode.USAGE,
                        "everybody can read the " + what + " " + file + " ("
                                + PosixFilePermissions.toString(permissions) + "); chmod 600 " + file);
            }
        } catch (IOException e) {
            throw new UserError(ExitCode.USAGE, "cannot read the " + what + " " + file + ": " + e.getMessage());
        }
    }
}

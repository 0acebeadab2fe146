package midge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who logs in to the broker. */
final class Credentials {
    private final String user;
    private final byte[] password;

    private Credentials(String user, byte[] password) {
        this.user = user;
        this.password = password;
    }

    String user() {
        return user;
    }

    /** {@return the password's octets, empty for none} */
    byte[] password() {
        return password;
    }

    /**
     * Reads what the options name.
     *
     * @param passwordFile its first line is the password
     */
    static Optional<Credentials> read(@Nullable String user, @Nullable Path passwordFile) {
        if (user == null) {
            if (passwordFile != null) {
                throw new UserError(ExitCode.USAGE, "--password-file needs --user");
            }
            return Optional.empty();
        }
        return Optional.of(new Credentials(user, passwordFile == null ? new byte[0] : firstLine(passwordFile)));
    }

    /** {@return the first line of a file, as a password; a file that everybody can read is refused} */
    static byte[] firstLine(Path file) {
        Secrets.refuseWorldReadable("password file", file);
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty() || lines.get(0).isEmpty()) {
                throw new UserError(ExitCode.USAGE, "the password file " + file + " is empty");
            }
            return lines.get(0).getBytes(StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new UserError(ExitCode.USAGE, "there is no password file " + file);
        } catch (IOException e) {
            throw new UserError(ExitCode.USAGE, "cannot read the password file " + file + ": " + e.getMessage());
        }
    }
}

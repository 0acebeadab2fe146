package midge.gateway.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import midge.gateway.config.Login;
import midge.gateway.config.Logins;
import midge.settings.SecretFile;

/** A file of user names and passwords for many clients. */
final class LoginsFile {
    /** MQTT allows more; no broker needs it. */
    private static final int LONGEST = 128;

    private LoginsFile() {}

    /**
     * Reads who logs in how: lines of {@code PATTERN USER:PASSWORD}, the pattern of client ids parted by spaces from the rest; empty
     * lines and those that begin with {@code #} do not count.
     *
     * @throws IllegalArgumentException with the number of a line that is not so
     */
    static Logins logins(Path file) {
        List<String> lines = SecretFile.lines(file);
        Logins logins = Logins.NONE;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            int colon = parts.length < 2 ? -1 : parts[1].indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " of " + file + " is not: client id pattern, space, user:password");
            }
            byte[] user = parts[1].substring(0, colon).getBytes(StandardCharsets.UTF_8);
            byte[] password = parts[1].substring(colon + 1).getBytes(StandardCharsets.UTF_8);
            if (user.length > LONGEST || password.length > LONGEST) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " of " + file + " has a name or password of more than 128 octets");
            }
            logins = logins.with(parts[0], new Login(user, password));
        }
        return logins;
    }
}

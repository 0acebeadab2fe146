package midge.gateway.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.gateway.config.Login;
import midge.gateway.config.Logins;

/** Secrets in files of their own, so that settings can be shown to anybody and no process list has them. */
final class SecretFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** MQTT allows more; no broker needs it. */
    private static final int LONGEST = 128;

    private SecretFile() {}

    /**
     * @return the first line's octets
     * @throws IllegalArgumentException when there is none, or others than the owner's group may read it
     */
    static byte[] password(Path file) {
        List<String> lines = read(file);
        if (lines.isEmpty() || lines.get(0).isEmpty()) {
            throw new IllegalArgumentException("the password file " + file + " is empty");
        }
        return lines.get(0).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads who logs in how: lines of {@code PATTERN USER:PASSWORD}, the pattern of client ids parted by spaces from the rest; empty
     * lines and those that begin with {@code #} do not count.
     *
     * @throws IllegalArgumentException with the number of a line that is not so
     */
    static Logins logins(Path file) {
        List<String> lines = read(file);
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

    private static List<String> read(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no password file " + file);
        }
        try {
            refuseWorldReadable(file);
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the password file " + file + ": " + e, e);
        }
    }

    private static void refuseWorldReadable(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            throw new IllegalArgumentException("everybody can read the password file " + file + " ("
                    + PosixFilePermissions.toString(permissions) + "); chmod 600 " + file);
        }
    }

    /**
     * @param name may hold <code>${VARIABLE}</code>, for systemd's {@code CREDENTIALS_DIRECTORY}
     * @throws IllegalArgumentException when the environment has no such variable
     */
    static String expand(String name, Map<String, String> environment) {
        Matcher matcher = VARIABLE.matcher(name);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            if (value == null) {
                throw new IllegalArgumentException("the environment has no " + matcher.group(1));
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(expanded).toString();
    }
}

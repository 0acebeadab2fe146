package midge.settings;

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

/** Secrets in files of their own, so that settings can be shown to anybody and no process list has them. */
public final class SecretFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private SecretFile() {}

    /**
     * @return the first line's octets
     * @throws IllegalArgumentException when there is none, or others than the owner's group may read it
     */
    public static byte[] password(Path file) {
        List<String> lines = lines(file);
        if (lines.isEmpty() || lines.get(0).isEmpty()) {
            throw new IllegalArgumentException("the password file " + file + " is empty");
        }
        return lines.get(0).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @return the lines of a file with passwords
     * @throws IllegalArgumentException of one line when it cannot be read, or others than the owner's group may read it
     */
    public static List<String> lines(Path file) {
        return lines("password file", file);
    }

    /** As the other, for a file that a message shall call {@code what}. */
    public static List<String> lines(String what, Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no " + what + " " + file);
        }
        refuseWorldReadable(what, file);
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the " + what + " " + file + ": " + e, e);
        }
    }

    /**
     * A file that is missing is told when it is read.
     *
     * @param what it holds, for the message
     * @throws IllegalArgumentException of one line when everybody on this machine can read it
     */
    public static void refuseWorldReadable(String what, Path file) {
        try {
            if (!Files.isRegularFile(file) || !Files.getFileStore(file).supportsFileAttributeView("posix")) {
                return;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                throw new IllegalArgumentException("everybody can read the " + what + " " + file + " ("
                        + PosixFilePermissions.toString(permissions) + "); chmod 600 " + file);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the " + what + " " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param name may hold <code>${VARIABLE}</code>, for systemd's {@code CREDENTIALS_DIRECTORY}
     * @throws IllegalArgumentException when the environment has no such variable
     */
    public static String expand(String name, Map<String, String> environment) {
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

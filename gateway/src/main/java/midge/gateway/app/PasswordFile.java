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

/** A password in a file of its own, so that settings can be shown to anybody and no process list has it. */
final class PasswordFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private PasswordFile() {}

    /**
     * @param name may hold <code>${VARIABLE}</code>, for systemd's {@code CREDENTIALS_DIRECTORY}
     * @param folder where a relative name begins
     * @return the first line's octets
     * @throws IllegalArgumentException when there is none, or others than the owner's group may read it
     */
    static byte[] read(String name, Path folder, Map<String, String> environment) {
        Path file = folder.resolve(expand(name, environment));
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no password file " + file);
        }
        try {
            refuseWorldReadable(file);
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty() || lines.get(0).isEmpty()) {
                throw new IllegalArgumentException("the password file " + file + " is empty");
            }
            return lines.get(0).getBytes(StandardCharsets.UTF_8);
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

    private static String expand(String name, Map<String, String> environment) {
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

package midge.sim.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A folder with scripts for Node.js and the npm packages that its lock file names, installed once below {@code target}. */
public final class NodePackages {
    private static final List<String> NEEDED = List.of("package.json", "package-lock.json", ".npmrc");
    private static final String STAMP = "installed-lock.json";
    private static final int INSTALL_MS = 240_000;

    private NodePackages() {}

    /**
     * Copies the scripts of {@code source} to {@code target} and installs what they import. Without a registry the test is skipped, with a
     * line that says so; on CI it fails.
     *
     * @return {@code target}
     */
    public static Path install(Path source, Path target) throws IOException {
        String npm = Peers.require("npm", "npm");
        Files.createDirectories(target);
        try (var files = Files.list(source)) {
            files.forEach(file -> copy(file, target.resolve(file.getFileName().toString())));
        }
        Path stamp = target.resolve(STAMP);
        Path lock = target.resolve("package-lock.json");
        if (Files.exists(stamp) && Files.mismatch(stamp, lock) < 0) {
            return target;
        }
        Program install = Program.start(npm, "ci", "--prefix", target.toString(), "--no-audit", "--no-fund");
        if (install.exitCode(INSTALL_MS) != 0) {
            String failure = "npm ci failed: " + install.lines();
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(failure);
            }
            System.err.println("SKIPPED " + failure);
            Assumptions.abort(failure);
        }
        Files.copy(lock, stamp, StandardCopyOption.REPLACE_EXISTING);
        return target;
    }

    private static void copy(Path from, Path to) {
        String name = from.getFileName().toString();
        if (!name.endsWith(".mjs") && !NEEDED.contains(name)) {
            return;
        }
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

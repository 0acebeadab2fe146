package midge.cli.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.peer.Program;

/** Starts {@code ./midge}, as a user would. */
public final class MidgeProgram {
    private static final Path PROJECT = findProject();

    private MidgeProgram() {}

    /** {@return the launcher, for a command line of a test's own} */
    static String path() {
        return PROJECT.resolve("midge").toString();
    }

    public static Program start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(path()));
        command.addAll(List.of(arguments));
        return Program.start(command);
    }

    /** {@return a file of the project} */
    static Path file(String name) {
        return PROJECT.resolve(name);
    }

    private static Path findProject() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("midge"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run below the project's folder");
            }
        }
        return folder;
    }
}

package midge.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import midge.sim.peer.Program;

/** Starts {@code ./midge}, as a user would. */
public final class MidgeProgram {
    private static final Path PROJECT = findProject();
    /** Signals that whoever runs the tests ignores, as nohup does, are ignored by its children too, unless this is done. */
    private static final List<String> HEARING = List.of("env", "--default-signal=HUP,INT,TERM");

    private static final boolean CAN_HEAR = canHear();

    private MidgeProgram() {}

    /** {@return the launcher, for a command line of a test's own} */
    static String path() {
        return PROJECT.resolve("midge").toString();
    }

    public static Program start(String... arguments) {
        List<String> command = new ArrayList<>(CAN_HEAR ? HEARING : List.of());
        command.add(path());
        command.addAll(List.of(arguments));
        return Program.start(command);
    }

    /** {@return a file of the project} */
    static Path file(String name) {
        return PROJECT.resolve(name);
    }

    private static boolean canHear() {
        try {
            Process env = new ProcessBuilder(
                            Stream.concat(HEARING.stream(), Stream.of("true")).toList())
                    .start();
            return env.waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false; // another env than that of GNU
        }
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

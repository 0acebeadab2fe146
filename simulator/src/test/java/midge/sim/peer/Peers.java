package midge.sim.peer;

import java.io.File;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of the machine that some tests talk to. Without one a test is skipped, with a line that says what to install; on CI, where
 * the environment has {@code CI=true}, it fails instead.
 */
public final class Peers {
    private Peers() {}

    /**
     * Goes on only when {@code program} can be started.
     *
     * @param program       name of the executable, looked for in PATH and in the sbin directories
     * @param debianPackage where Debian has it
     * @return the path of the executable
     */
    public static String require(String program, String debianPackage) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "") + ":/usr/sbin:/usr/local/sbin";
        for (String directory : path.split(":")) {
            File candidate = new File(directory, program);
            if (candidate.canExecute() && candidate.isFile()) {
                return candidate.getPath();
            }
        }
        return missing(program + " is missing: apt-get install " + debianPackage);
    }

    /**
     * Ends a test for lack of something.
     *
     * @param missing what it is, and how to get it
     * @return nothing: it throws
     */
    public static String missing(String missing) {
        if ("true".equals(System.getenv("CI"))) {
            return Assertions.fail(missing);
        }
        System.err.println("SKIPPED " + missing);
        return Assumptions.abort(missing);
    }
}

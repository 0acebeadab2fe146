package midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCommandTest {
    @TempDir
    private Path folder;

    private static int run(String... arguments) {
        return Midge.commandLine().execute(arguments);
    }

    @Test
    void anonymousClientsAreLetInOnLoopbackOnly() {
        assertThat(run("broker", "--bind", "0.0.0.0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPasswordFileThatEverybodyCanReadOrNobodyCanUseIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("passwords"), "ann:secret\nbob\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("broker", "--password-file", file.toString())).isEqualTo(ExitCode.USAGE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("broker", "--password-file", file.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThat(run("broker", "--connections", "0")).isEqualTo(ExitCode.USAGE);
    }
}

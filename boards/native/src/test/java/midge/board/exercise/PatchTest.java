package midge.board.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of generated C end the build when TeaVM no longer writes what they expect. */
class PatchTest {
    private static final String PATCH =
            ". ./patch.sh; patch_once \"$1\" '^int pool' 'alignas(8) int pool'; echo went on";

    @TempDir
    private Path folder;

    @Test
    void theExpectedLineIsChanged() throws IOException {
        assertThat(patch("int pool[3];\nint other;\n")).isEqualTo("0 [went on]");
        assertThat(folder.resolve("x.c")).hasContent("alignas(8) int pool[3];\nint other;\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short pool[3];\n", "int pool[3];\nint pool2;\n"})
    void anythingElseEndsTheBuildWithTheFileAndTheText(String generated) throws IOException {
        assertThat(patch(generated)).startsWith("1 [TeaVM has changed").contains("x.c: ^int pool");
        assertThat(folder.resolve("x.c")).hasContent(generated);
    }

    private String patch(String generated) throws IOException {
        Path file = Files.writeString(folder.resolve("x.c"), generated);
        String bash = Peers.require("bash", "bash");
        try (Program run = Program.start(bash, "-c", "set -euo pipefail; " + PATCH, "-", file.toString())) {
            return run.exitCode(20_000) + " " + run.lines();
        }
    }
}

package midge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsPiecesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timing.retyr_ms | timing.retry_ms",
                "timing.retry    | timing.retry_ms",
                "broker.retry_ms | timing.retry_ms",
                "zebra           | ",
            })
    void suggestsTheNearestNameAndNothingThatIsFar(String typed, String meant) {
        assertThat(Suggestion.text(typed, List.of("timing.retry_ms", "broker.uri")))
                .isEqualTo(meant == null ? "" : ", did you mean " + meant + "?");
    }

    @Test
    void writesValuesAsTomlDoesAndSafeForATerminal() {
        assertThat(Toml.text(List.of("a\"b", "\u001b[1m", 7L, true)))
                .isEqualTo("[\"a\\\"b\", \"\\u001B[1m\", 7, true]");
    }

    @Test
    void readsAPasswordThatOnlyItsOwnerCanRead() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "geheim\nmore\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(SecretFile.password(file)).asString().isEqualTo("geheim");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SecretFile.password(file)).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void fillsInVariablesOfTheEnvironment() {
        assertThat(SecretFile.expand("${DIR}/mqtt", Map.of("DIR", "/run/x"))).isEqualTo("/run/x/mqtt");
        assertThatThrownBy(() -> SecretFile.expand("${NONE}/mqtt", Map.of())).hasMessage("the environment has no NONE");
    }
}

package midge.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/testing-your-device.md} shows are the files beside this one, which are compiled and run with every build. */
class TestingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "testing-your-device.md");
    private static final Path HERE = Path.of("src/test/java/midge/sim/junit");
    private static final Pattern BLOCK = Pattern.compile("```java (\\S+)\n(.*?)```", Pattern.DOTALL);

    private static List<MatchResult> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE)).results().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thermometer.java", "ThermometerTest.java"})
    void theBlockIsTheFile(String name) throws IOException {
        String shown = blocks().stream()
                .filter(block -> block.group(1).equals(name))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow();
        String file = Files.readString(HERE.resolve(name));
        String body = file.substring(file.lastIndexOf("import "));
        assertThat(shown).isEqualTo(body.substring(body.indexOf("\n\n") + 2));
    }

    @Test
    void theTestHasTwentyLines() throws IOException {
        String test = blocks().get(0).group(2);
        assertThat(blocks().get(0).group(1)).isEqualTo("ThermometerTest.java");
        assertThat(test.lines()).hasSizeLessThanOrEqualTo(22);
        assertThat(blocks()).hasSize(2);
    }
}

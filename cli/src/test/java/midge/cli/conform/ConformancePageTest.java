package midge.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page names the cases that there are; {@code -Dmidge.write=true} writes it anew. */
class ConformancePageTest {
    private static final Path PAGE = Path.of("..", "docs", "conformance.md");
    private static final String END = "<!-- The tables below are written by ConformancePageTest. -->\n";

    private final List<Case> cases = Cases.all();

    @Test
    void thePageListsTheCases() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(END) + END.length()) + Report.list(cases);
        if (Boolean.getBoolean("midge.write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dmidge.write=true in test.argLine")
                .isEqualTo(wanted);
    }

    @Test
    void everyNoteOfOurReadingHasACase() {
        String rules = cases.stream().map(one -> one.rule().value()).reduce("", (a, b) -> a + ", " + b) + ",";
        // A34 is of the client alone, A37 the port that is taken when none is told.
        List<String> missing = IntStream.rangeClosed(1, 40)
                .filter(number -> !List.of(34, 37).contains(number))
                .mapToObj(number -> "A" + number)
                .filter(note -> !rules.contains(" " + note + ","))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void noTwoCasesHaveOneName() {
        assertThat(cases.stream().map(one -> one.group() + one.words())).doesNotHaveDuplicates();
    }
}

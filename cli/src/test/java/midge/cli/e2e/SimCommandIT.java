package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;

/** {@code midge sim} as its user meets it. */
class SimCommandIT {
    private static final int START_MS = 60_000;

    @Test
    void oneSeedTwiceTellsTheSameHistory() {
        assertThat(linesOf("--seed", "0x2a")).isEqualTo(linesOf("--seed", "42"));
    }

    private static List<String> linesOf(String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "sim";
        System.arraycopy(options, 0, command, 1, options.length);
        try (Program sim = MidgeProgram.start(command)) {
            assertThat(sim.exitCode(START_MS)).as(sim.lines().toString()).isZero();
            assertThat(sim.err()).isEmpty();
            assertThat(sim.out()).anyMatch(line -> line.startsWith("1 worlds, every promise held"));
            return sim.out().stream()
                    .map(line -> line.replaceFirst("(trace hash [0-9a-f]{16}), .*", "$1"))
                    .toList();
        }
    }

    @Test
    void aSeedThatIsNoNumberIsToldInOneLine() {
        try (Program sim = MidgeProgram.start("sim", "--seed", "many")) {
            assertThat(sim.exitCode(START_MS)).isEqualTo(2);
            assertThat(sim.err()).first().asString().isEqualTo("midge: --seed wants a number, not \"many\"");
        }
    }
}

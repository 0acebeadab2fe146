package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aScenarioIsPlayedAndWritten(@TempDir Path folder) throws IOException {
        String tshark = Peers.require("tshark", "tshark");
        Path pcap = folder.resolve("radio.pcap");
        Path junit = folder.resolve("out.xml");
        Path csv = folder.resolve("readings.csv");
        try (Program sim = MidgeProgram.start(
                "sim", "greenhouse", "--junit", junit.toString(), "--pcap", pcap.toString(), "--csv", csv.toString())) {
            assertThat(sim.exitCode(START_MS)).as(sim.lines().toString()).isZero();
            assertThat(sim.out()).anyMatch(line -> line.contains("ok    pump reports valve 1 within 10s after 5m"));
        }
        assertThat(junit).content().contains("failures=\"0\"");
        assertThat(Files.readAllLines(csv))
                .hasSizeGreaterThan(300)
                .anyMatch(line -> line.matches(".*,midge/pump/valve,1,1,1"));
        try (Program shark =
                Program.start(tshark, "-r", pcap.toString(), "-d", "udp.port==1884,mqttsn", "-Y", "_ws.malformed")) {
            assertThat(shark.exitCode(START_MS)).isZero();
            assertThat(shark.out()).isEmpty();
        }
    }

    @Test
    void anExpectationThatFailsIsTheExitCode(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.toml");
        Files.writeString(file, "duration = '10s'\n[[device]]\nname = 'd'\n[[expect]]\nwhat = 'arrived'\nvalue = 5\n");
        try (Program sim = MidgeProgram.start("sim", file.toString())) {
            assertThat(sim.exitCode(START_MS)).isEqualTo(10);
            assertThat(sim.out()).anyMatch(line -> line.contains("FAIL  at least 5 readings arrive: 0 arrived"));
        }
    }
}

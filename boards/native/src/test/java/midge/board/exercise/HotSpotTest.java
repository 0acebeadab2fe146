package midge.board.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HotSpot as a small device: little heap, no compiler, no collector. */
class HotSpotTest {
    private static final int LIMIT_MS = 180_000;
    private static final int SOME = 3_000;
    private static final int MANY = 1_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"17", "25"})
    void fourMegabytesOfHeapAndNoCompilerAreEnough(String version) throws IOException {
        assertThat(run(java(version), SOME, "-Xint", "-Xmx4m", "-XX:+UseSerialGC"))
                .isEqualTo(inThisJvm(SOME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "25"})
    void aMillionPublicationsNeedNoCollector(String version) throws IOException {
        String checksum = run(
                java(version),
                MANY,
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xms8m",
                "-Xmx8m",
                "-XX:TieredStopAtLevel=1");
        assertThat(checksum).startsWith("checksum ");
    }

    @Test
    void anImageOfJavaBaseAloneIsEnough() {
        Peers.require("jlink", "default-jdk-headless");
        Path image = folder.resolve("image");
        try (Program jlink = Program.start(Peers.require("bash", "bash"), "../jvm/jlink.sh", image.toString())) {
            assertThat(jlink.exitCode(LIMIT_MS)).as(jlink.lines().toString()).isZero();
        }
        assertThat(run(image.resolve("bin/java"), SOME, "-Xint", "-Xmx4m", "-XX:+UseSerialGC"))
                .isEqualTo(inThisJvm(SOME));
    }

    private static String inThisJvm(int publications) {
        Exercise exercise = new Exercise();
        exercise.device(publications);
        return "checksum " + Integer.toHexString(exercise.checksum());
    }

    private static Path java(String version) throws IOException {
        try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"))) {
            return jdks.filter(jdk -> jdk.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
                    .map(jdk -> jdk.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseGet(() -> {
                        System.err.println("SKIPPED a JDK " + version + " is missing in /usr/lib/jvm");
                        return Assumptions.abort("no JDK " + version);
                    });
        }
    }

    private static String run(Path java, int publications, String... options) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), SmallHeap.class.getName(), "" + publications));
        try (Program program = Program.start(command)) {
            assertThat(program.exitCode(LIMIT_MS))
                    .as(program.lines().toString())
                    .isZero();
            System.out.println(String.join(" ", options) + ": " + String.join(", ", program.out()));
            return program.out().stream()
                    .filter(line -> line.startsWith("checksum "))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

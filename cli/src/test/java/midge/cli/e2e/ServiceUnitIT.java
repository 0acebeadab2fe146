package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd's own judgement of docs/midge-gateway.service. */
class ServiceUnitIT {
    private static final Path UNIT =
            Path.of("..", "docs", "midge-gateway.service").toAbsolutePath();
    /** Ten times the exposure that systemd-analyze shows; 10 is the tightest class, "OK" ends at 50. */
    private static final String EXPOSURE_LIMIT = "20";

    @TempDir
    Path folder;

    /** {@return the unit with a program that is there, which verification wants} */
    private String unit() throws IOException {
        Path program = Files.createFile(folder.resolve("midge"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String text = Files.readString(UNIT);
        assertThat(text).contains("ExecStart=/opt/midge/midge gateway --config ");
        Path copy = folder.resolve(UNIT.getFileName());
        return Files.writeString(copy, text.replace("/opt/midge/midge", program.toString()))
                .toString();
    }

    @Test
    void isAUnitWithoutMistakes() throws IOException {
        String analyze = Peers.require("systemd-analyze", "systemd");
        try (Program verify = Program.start(analyze, "verify", "--man=no", unit())) {
            assertThat(verify.exitCode(30_000))
                    .as(() -> verify.lines().toString())
                    .isZero();
            assertThat(verify.lines()).noneMatch(line -> line.contains("midge-gateway.service"));
        }
    }

    @Test
    void leavesLittleExposed() throws IOException {
        String analyze = Peers.require("systemd-analyze", "systemd");
        try (Program security = Program.start(
                analyze, "security", "--no-pager", "--offline=true", "--threshold=" + EXPOSURE_LIMIT, unit())) {
            assertThat(security.exitCode(30_000))
                    .as(() -> security.lines().toString())
                    .isZero();
        }
    }
}

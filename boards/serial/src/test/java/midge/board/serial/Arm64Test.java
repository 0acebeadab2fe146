package midge.board.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries' natives for 64-bit ARM, in Debian's arm64 Java on an emulated processor: they load, and talk by a pseudo-terminal. */
class Arm64Test {
    private static final int DOWNLOAD_MS = 180_000;
    private static final int PATIENCE_MS = 60_000;

    @TempDir
    private Path folder;

    private static Path java() {
        try (Program script = Program.start(Peers.require("bash", "bash"), "arm64.sh")) {
            if (script.exitCode(DOWNLOAD_MS) != 0) {
                return Path.of(Peers.missing("an arm64 Java cannot be downloaded: " + script.err()));
            }
            return Path.of(script.out().get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jssc", "jserialcomm"})
    void aDriversNativesEchoEveryValueOfAnOctet(String driver) {
        String qemu = Peers.require("qemu-aarch64-static", "qemu-user-static");
        Path root = java();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (Pty line = new Pty(folder.resolve("ttyUSB0"));
                Program echo = Program.start(List.of(
                        qemu,
                        "-L",
                        root.toString(),
                        root + "/usr/lib/jvm/java-17-openjdk-arm64/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + folder, // where natives are unpacked, not among this machine's own
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SerialEcho.class.getName(),
                        "serial://" + line.name() + "?driver=" + driver,
                        "" + all.length))) {
            assertThat(echo.await("echoes on ", PATIENCE_MS)).isEqualTo("echoes on aarch64");
            line.write(all);
            byte[] back = new byte[all.length];
            for (int done = 0; done < back.length; ) {
                byte[] chunk = new byte[back.length - done];
                int count = line.read(chunk, PATIENCE_MS);
                assertThat(count).as(() -> echo.lines().toString()).isPositive();
                System.arraycopy(chunk, 0, back, done, count);
                done += count;
            }
            assertThat(back).isEqualTo(all);
            assertThat(echo.exitCode(PATIENCE_MS)).as(echo.lines()::toString).isZero();
        }
    }
}

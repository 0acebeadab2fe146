package midge.board.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.hal.Hal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsPwmTest {
    @TempDir
    private Path root;

    private String file(String name) throws IOException {
        return Files.readString(root.resolve("sys/class/pwm/pwmchip0/pwm1").resolve(name));
    }

    @Test
    void pulsesAreWrittenInNanosecondsAndTheOutputIsEnabledOnce() throws IOException {
        Files.createDirectories(root.resolve("sys/class/pwm/pwmchip0/pwm1"));
        SysfsPwm pwm = SysfsPwm.open(root, 1);
        assertThat(root.resolve("sys/class/pwm/pwmchip0/pwm1")).isEmptyDirectory();
        assertThat(pwm.set(20_000_000, 1_500_000)).isEqualTo(Hal.OK);
        assertThat(file("period")).isEqualTo("20000000");
        assertThat(file("duty_cycle")).isEqualTo("1500000");
        assertThat(file("enable")).isEqualTo("1");
        assertThat(pwm.set(1_000_000, 0)).isEqualTo(Hal.OK);
        assertThat(file("period")).isEqualTo("1000000");
        assertThat(file("duty_cycle")).isEqualTo("0");
        assertThat(pwm.set(999, 0)).isEqualTo(Hal.INVALID);
        assertThat(pwm.set(1_000, 1_001)).isEqualTo(Hal.INVALID);
    }

    @Test
    void anOutputThatIsNotThereYetIsExportedAndOneThatVanishedIsGone() throws IOException {
        Files.createDirectories(root.resolve("sys/class/pwm/pwmchip0"));
        SysfsPwm pwm = SysfsPwm.open(root, 0);
        assertThat(Files.readString(root.resolve("sys/class/pwm/pwmchip0/export")))
                .isEqualTo("0");
        assertThat(pwm.set(1_000_000, 1)).isEqualTo(Hal.GONE); // these files do not make one
    }

    @Test
    void aMachineWithoutOutputsSaysSo() {
        assertThatThrownBy(() -> SysfsPwm.open(root, 0)).hasMessageContaining("dtoverlay=pwm-2chan");
    }
}

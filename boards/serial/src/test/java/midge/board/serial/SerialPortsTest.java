package midge.board.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import midge.hal.Idle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialPortsTest {
    private static final Idle NOBODY = new Idle() {
        @Override
        public void until(long deadlineMs) {}

        @Override
        public void wake() {}
    };

    @TempDir
    private Path folder;

    private static void refuses(Path port, Predicate<Path> mayUse, String message) {
        SerialUri uri = new SerialUri("serial", port.toString(), Map.of());
        assertThatThrownBy(() -> SerialPorts.open(uri, NOBODY, mayUse))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(message);
    }

    @Test
    void aPortThatIsNotThereIsToldWithThoseThatAre() throws IOException {
        refuses(folder.resolve("ttyUSB7"), port -> true, "there is no serial port .*/ttyUSB7; .+");
        assertThat(SerialPorts.present(folder)).isEqualTo("no serial adapter is plugged in");
        Files.createFile(folder.resolve("ttyUSB1"));
        Files.createFile(folder.resolve("ttyACM0"));
        Files.createFile(folder.resolve("tty1"));
        assertThat(SerialPorts.present(folder)).isEqualTo("there are " + folder + "/ttyACM0, " + folder + "/ttyUSB1");
    }

    @Test
    void aPortOfAnotherGroupIsToldWithTheGroup() {
        try (Pty pty = new Pty(folder.resolve("ttyUSB0"))) {
            String user = System.getProperty("user.name");
            refuses(
                    pty.name(),
                    port -> false,
                    "this user may not use .*/ttyUSB0; (sudo usermod -aG \\w+ " + user
                            + ", then log in again|it belongs to root alone.*)");
        }
    }

    @Test
    void whatIsNoPortIsToldAsThat() throws IOException {
        refuses(Files.createFile(folder.resolve("text")), port -> true, ".*/text is no serial port");
        refuses(folder, port -> true, ".* is no serial port");
        refuses(Path.of("/dev/null"), port -> true, "/dev/null cannot be opened .*; is it a serial port, .*");
    }
}

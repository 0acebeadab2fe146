package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own kernel in QEMU, with chips and radios that the kernel simulates below its drivers; a broker outside. */
class VirtualBoardIT {
    /** Emulated, and perhaps on a machine that has other things to do. */
    private static final int PATIENCE_MS = 240_000;

    private static final Path BOARD = MidgeProgram.file("boards/virtual");

    @TempDir
    private Path shared;

    @BeforeAll
    static void needsItsPrograms() {
        Peers.require("qemu-system-x86_64", "qemu-system-x86");
        Peers.require("busybox", "busybox-static");
        Peers.require("modprobe", "kmod");
        Peers.require("dpkg-deb", "dpkg");
        try (Program kernel = Program.start(BOARD.resolve("kernel.sh").toString())) {
            if (kernel.exitCode(PATIENCE_MS) != 0) {
                Peers.missing("the virtual board has no kernel: " + kernel.lines());
            }
        }
    }

    private Program board(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                BOARD.resolve("boot.sh").toString(),
                shared.toString(),
                BOARD.resolve(script).toString(),
                MidgeProgram.file("cli/target/midge.jar").toString()));
        command.addAll(List.of(arguments));
        return Program.start(command);
    }

    @Test
    void twoDriversOfOneChipAgreeAndTheirReadingsCrossTwoRadios() throws Exception {
        Peers.require("iwpan", "wpan-tools");
        Path own = Files.createDirectory(shared.resolve("mosquitto"));
        try (Mosquitto broker = Mosquitto.inMemory(own);
                Program sub = broker.sub("-v", "-t", "midge/#")) {
            broker.awaitSubscription("midge/#", 0);
            try (Program board = board("sensors.sh", "mqtt://10.0.2.2:" + broker.port())) {
                assertThat(board.exitCode(PATIENCE_MS))
                        .as(board.lines()::toString)
                        .isZero();
                assertThat(board.lines()).anyMatch(line -> line.contains("4 delivered, 0 waiting"));
                assertThat(board.lines())
                        .anyMatch(line -> line.matches("the gateway's radio has received \\d\\d+ frames"));
            }
            sub.await("midge/board/status offline", 30_000);
            assertThat(sub.lines())
                    .contains("midge/board/ours/temperature 25.08", "midge/board/ours/pressure 100653")
                    .contains("midge/board/kernel/temperature 25.08", "midge/board/kernel/pressure 100653");
        }
    }

    @Test
    void framesOfAnySizeComeBackFromABleUart() {
        Peers.require("bluetoothd", "bluez");
        Peers.require("btvirt", "bluez-test-tools");
        Peers.require("dbus-daemon", "dbus");
        String echo = MidgeProgram.file("boards/ble/target/test-classes").toString();
        try (Program board = board("ble.sh", echo)) {
            assertThat(board.exitCode(PATIENCE_MS)).as(board.lines()::toString).isZero();
            assertThat(board.lines()).anyMatch(line -> line.matches("echo of 1452 octets in \\d+ ms"));
        }
    }
}

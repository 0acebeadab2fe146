package midge.board.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;

/** The same device classes give the same octets and outcomes on HotSpot and as machine code. */
class ChecksumTest {
    private static final int LIMIT_MS = 120_000;

    @Test
    void theExerciseDoesEnoughToBeWorthItsChecksum() {
        Exercise exercise = onHotSpot();
        assertThat(exercise.commands()).isGreaterThan(100);
        assertThat(exercise.published())
                .as("some were lost on the line and sent again")
                .isGreaterThan(ExerciseMain.PUBLICATIONS + 100);
    }

    @Test
    void anotherDeviceGivesAnotherChecksum() {
        Exercise less = new Exercise();
        less.codec(ExerciseMain.CODEC_ROUNDS);
        less.device(ExerciseMain.PUBLICATIONS);
        assertThat(less.checksum()).isNotEqualTo(onHotSpot().checksum());
    }

    @Test
    void theProgramForThisMachineAgreesWithHotSpot() {
        Peers.require("gcc", "gcc");
        agrees(List.of(), System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"));
    }

    @Test
    void theProgramForArmAgreesWithHotSpot() {
        Peers.require("arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf");
        agrees(List.of(Peers.require("qemu-arm-static", "qemu-user-static")), "arm");
    }

    private static Exercise onHotSpot() {
        Exercise exercise = new Exercise();
        exercise.codec(ExerciseMain.CODEC_ROUNDS);
        exercise.device(1);
        exercise.device(ExerciseMain.PUBLICATIONS);
        return exercise;
    }

    private static void agrees(List<String> emulator, String machine) {
        Path program = Path.of("target", machine, "exercise");
        assertThat(program).satisfies(Files::isExecutable);
        List<String> command = new ArrayList<>(emulator);
        command.add(program.toString());
        try (Program run = Program.start(command)) {
            assertThat(run.exitCode(LIMIT_MS)).isZero();
            List<String> out = run.out();
            assertThat(out).hasSize(3);
            assertThat(out.get(0))
                    .isEqualTo("checksum %08x".formatted(onHotSpot().checksum()));
            assertThat(out.get(2).replace("after", "before")).isEqualTo(out.get(1));
        }
    }
}

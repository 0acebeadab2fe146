package midge.board.cortexm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import midge.board.DatagramLinks;
import midge.board.exercise.Exercise;
import midge.board.exercise.ExerciseMain;
import midge.board.posix.House;
import midge.board.serial.Pty;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images on emulated boards: the exercise, and the device at a serial port of our gateway, with Mosquitto behind. */
class FirmwareTest {
    private static final int SOON_MS = 60_000;
    private static final int STACK_MOST = 1_024;

    private static final Map<String, String> TABLE = new TreeMap<>();

    @TempDir
    private static Path folder;

    /** The table of docs/firmware.md is what was measured last. */
    @AfterAll
    static void writeTable() throws IOException {
        if (TABLE.size() == 4) {
            SizeTable.write(TABLE.values());
        }
    }

    @ParameterizedTest
    @CsvSource({"microbit, microbit", "lm3s6965evb, lm3s6965"})
    void theExerciseAgreesWithHotSpotAndLeavesTheHeapAlone(String machine, String board) {
        String image = "exercise-" + board;
        Path elf = Images.image(image);
        String qemu = Peers.require("qemu-system-arm", "qemu-system-arm");
        String semihosting = "enable=on,target=native";
        try (Program run = Program.start(
                qemu,
                "-M",
                machine,
                "-kernel",
                elf.toString(),
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "null",
                "-semihosting-config",
                semihosting)) {
            assertThat(run.exitCode(SOON_MS)).as(run.lines().toString()).isZero();
            List<String> lines = run.lines();
            assertThat(lines).contains("checksum %08x".formatted(onHotSpot()));
            assertThat(number(lines, "free-after")).isEqualTo(number(lines, "free-before"));
            row(image, number(lines, "heap-used"), number(lines, "stack-used"));
        }
    }

    private static int onHotSpot() {
        Exercise exercise = new Exercise();
        exercise.codec(ExerciseMain.CODEC_ROUNDS);
        exercise.device(1);
        exercise.device(ExerciseMain.PUBLICATIONS);
        return exercise.checksum();
    }

    private static int number(List<String> lines, String name) {
        String line = lines.stream()
                .filter(each -> each.startsWith(name + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + lines));
        return Integer.parseInt(line.substring(name.length() + 1), 16);
    }

    @ParameterizedTest
    @CsvSource({"microbit, microbit, 0x50000504, 0x2000", "lm3s6965evb, lm3s6965, 0x40025004, 0x1"})
    void readingsReachTheBrokerTheLedObeysAndNoiseIsSurvived(String machine, String board, String pins, String ledBit)
            throws IOException {
        String image = "firmware-" + board;
        Path elf = Images.image(image);
        long ledPins = Long.decode(pins);
        long led = Long.decode(ledBit);
        Path own = Files.createDirectory(folder.resolve(board));
        try (House house = new House(own);
                Program watcher = house.subscribe("midge/#");
                Pty port = new Pty(own.resolve("ttyACM0"));
                Emulator emulator = new Emulator(machine, elf)) {
            NoisyLine line = new NoisyLine(emulator.uart(), port);
            String uri = "serial://" + port.name();
            house.listen(uri, idle -> DatagramLinks.open(uri, idle));
            awaitReadings(watcher, 2);
            house.awaitSubscription("midge/led/set");
            command(house, watcher, "on", "midge/led 1", 1);
            assertThat(emulator.word(ledPins) & led).isEqualTo(led);
            command(house, watcher, "off", "midge/led 0", 2);
            assertThat(emulator.word(ledPins) & led).isZero();

            line.noisy(true);
            awaitReadings(watcher, readings(watcher) + 3);
            line.noisy(false);
            assertThat(line.lost()).isPositive();
            assertThat(line.spoilt()).isPositive();
            awaitReadings(watcher, readings(watcher) + 2);
            command(house, watcher, "toggle", "midge/led 1", 2);

            int stack = Images.stackUsed(image, emulator);
            row(image, Images.heapUsed(image, emulator), stack);
            assertThat(stack).isLessThanOrEqualTo(STACK_MOST);
        }
    }

    private static void command(House house, Program watcher, String word, String state, int times) {
        house.publish("midge/led/set", word);
        watcher.await(times, state::equals, SOON_MS);
    }

    private static void awaitReadings(Program watcher, int count) {
        watcher.await(count, line -> line.matches("midge/t 2\\d\\.\\d\\d"), SOON_MS);
    }

    private static int readings(Program watcher) {
        return (int) watcher.lines().stream()
                .filter(line -> line.startsWith("midge/t "))
                .count();
    }

    private static void row(String image, int heapUsed, int stack) {
        int[] sizes = Images.sizes(image);
        System.out.println(image + ": stack " + stack + ", heap " + heapUsed + " octets used");
        TABLE.put(image, SizeTable.row(image, sizes[0], sizes[1], heapUsed, sizes[2], stack));
    }
}

package midge.board.exercise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The device on a JVM that is given little; started by {@link HotSpotTest}. */
final class SmallHeap {
    private SmallHeap() {}

    /** @param words how many messages to publish */
    public static void main(String[] words) throws IOException {
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        long startUpMs = Duration.between(started, Instant.now()).toMillis();
        Exercise exercise = new Exercise();
        exercise.device(Integer.parseInt(words[0]));
        System.out.println("checksum " + Integer.toHexString(exercise.checksum()));
        System.out.println("start-up ms " + startUpMs);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                System.out.println(line);
            }
        }
    }
}

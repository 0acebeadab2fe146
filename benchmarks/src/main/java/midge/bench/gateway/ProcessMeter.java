package midge.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process costs, as Linux tells in {@code /proc}. */
final class ProcessMeter {
    /**
     * The bill.
     *
     * @param cpuMs user and system time since {@link #start}, in steps of 10 ms
     * @param residentKiB at the end
     */
    record Cost(long cpuMs, long residentKiB) {}

    /** Linux counts processor time in hundredths of a second, whatever its own clock. */
    private static final int MS_PER_TICK = 10;
    /** Places in {@code stat} behind the name of the program, which may hold spaces. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    private final Path folder;
    private long startMs;

    ProcessMeter(long pid) {
        folder = Path.of("/proc/" + pid);
    }

    void start() throws IOException {
        startMs = cpuMs();
    }

    Cost cost() throws IOException {
        return new Cost(cpuMs() - startMs, residentKiB());
    }

    private long cpuMs() throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME))) * MS_PER_TICK;
    }

    long residentKiB() throws IOException {
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}

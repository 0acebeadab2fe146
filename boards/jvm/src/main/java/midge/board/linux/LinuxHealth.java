package midge.board.linux;

import java.io.IOException;
import java.nio.file.Path;
import midge.board.SystemFiles;
import midge.runtime.task.BoardHealth;

/** Free memory of this JVM, and how well the machine's wireless network hears its access point. */
public final class LinuxHealth implements BoardHealth {
    private static final String WIRELESS = "/proc/net/wireless";
    /** Of the columns after the interface's name: status, link, level. */
    private static final int LEVEL = 2;

    private final SystemFiles files;

    /** For this machine. */
    public LinuxHealth() {
        this(new RootedFiles(Path.of("/")));
    }

    /** @param files of the machine */
    public LinuxHealth(SystemFiles files) {
        this.files = files;
    }

    @Override
    public int freeOctets() {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return (int) Math.min(Integer.MAX_VALUE, free);
    }

    /** {@inheritDoc} That of the first interface which has one. */
    @Override
    public int rssiDbm() {
        try {
            for (String line : files.read(WIRELESS).lines().toList()) {
                int colon = line.indexOf(':');
                String[] columns = colon < 0
                        ? new String[0]
                        : line.substring(colon + 1).strip().split("\\s+", -1);
                if (columns.length > LEVEL) {
                    return (int) Double.parseDouble(columns[LEVEL]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // a machine without a radio, or a driver that tells nothing
        }
        return UNKNOWN;
    }
}

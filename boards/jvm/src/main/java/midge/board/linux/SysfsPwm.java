package midge.board.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.hal.Hal;
import midge.hal.Pwm;

/** A PWM output of the kernel's first chip, {@code /sys/class/pwm/pwmchip0}, whose files take nanoseconds. */
public final class SysfsPwm implements Pwm {
    private static final String CHIP = "sys/class/pwm/pwmchip0";
    private static final int SHORTEST_NS = 1_000;
    private static final int LONGEST_NS = 1_000_000_000;

    private final Path output;
    private int periodNs;
    private int highNs;

    private SysfsPwm(Path output) {
        this.output = output;
    }

    /**
     * Takes the output over from the kernel; it stays as it is until the first call.
     *
     * @param root {@code /}, or a folder that looks like it
     * @throws IOException of one sentence when there is none, or it may not be used
     */
    public static SysfsPwm open(Path root, int channel) throws IOException {
        Path chip = root.resolve(CHIP);
        if (!Files.isDirectory(chip)) {
            throw new IOException("this machine has no PWM outputs in /" + CHIP
                    + "; on a Raspberry Pi dtoverlay=pwm-2chan in /boot/firmware/config.txt makes two");
        }
        Path output = chip.resolve("pwm" + channel);
        try {
            if (!Files.exists(output)) {
                Files.writeString(chip.resolve("export"), "" + channel);
            }
        } catch (AccessDeniedException e) {
            throw new IOException("this user may not use /" + CHIP + "; a udev rule gives it to the group gpio", e);
        } catch (IOException e) {
            throw new IOException("/" + CHIP + " has no output " + channel + " that is free: " + e.getMessage(), e);
        }
        return new SysfsPwm(output);
    }

    @Override
    public int set(int periodNs, int highNs) {
        if (periodNs < SHORTEST_NS || periodNs > LONGEST_NS || highNs < 0 || highNs > periodNs) {
            return Hal.INVALID;
        }
        try {
            boolean first = this.periodNs == 0;
            // The kernel never lets a pulse be longer than its period, so what grows goes first.
            if (!first && periodNs < this.highNs) {
                write("duty_cycle", highNs);
                write("period", periodNs);
            } else {
                if (periodNs != this.periodNs) {
                    write("period", periodNs);
                }
                write("duty_cycle", highNs);
            }
            if (first) {
                write("enable", 1);
            }
            this.periodNs = periodNs;
            this.highNs = highNs;
            return Hal.OK;
        } catch (IOException e) {
            return Files.exists(output) ? Hal.UNSUPPORTED : Hal.GONE;
        }
    }

    private void write(String file, int value) throws IOException {
        Files.writeString(output.resolve(file), "" + value);
    }
}

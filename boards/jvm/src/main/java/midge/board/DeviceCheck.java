package midge.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import midge.board.jvm.JvmClock;
import midge.board.linux.Access;
import midge.board.linux.KernelDevice;
import midge.board.linux.RootedFiles;
import midge.board.linux.ThermalZone;
import midge.board.linux.W1Thermometer;
import midge.hal.Clock;
import midge.hal.Hal;
import midge.hal.sense.Sensor;

/** Says what this machine lacks to be a device, and how to get it. */
public final class DeviceCheck {
    /** Before this the clock was never set. */
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

    private static final int PATIENCE_MS = 8_000;

    private final Path root;
    private final Predicate<Path> mayUse;
    private final String user;
    private final List<Finding> findings = new ArrayList<>();

    /** Looks at this machine. */
    public DeviceCheck() {
        this(Path.of("/"), Access::isUsable, System.getProperty("user.name"));
    }

    /**
     * @param root a folder that looks like a machine's
     * @param mayUse whether the user may read and write a file
     */
    public DeviceCheck(Path root, Predicate<Path> mayUse, String user) {
        this.root = root;
        this.mayUse = mayUse;
        this.user = user;
    }

    /** {@return the board for a device file to be read with: it opens nothing, and remembers what is wanted} */
    public Board board(String name) throws IOException {
        Clock clock = new JvmClock();
        return name.equals(Boards.SIM) ? Boards.open(name, clock) : new NeedsBoard(name, root, clock);
    }

    /** Looks at what {@code device} needs, which was read with {@link #board}. */
    public List<Finding> of(Device device, Board board) {
        if (board instanceof NeedsBoard needs) {
            needs.needs().forEach(this::look);
        } else {
            good("board", "\"" + board.name() + "\" needs no hardware");
        }
        for (Reading reading : device.readings) {
            if (reading.sensor() instanceof Explained explained) {
                tryOut(reading, explained);
            }
        }
        findings.add(Reachable.of(device.over));
        clock(Instant.now());
        return findings;
    }

    /** Looks at what any device might need. */
    public List<Finding> ofMachine() {
        look(NeedsBoard.i2cNeed(1));
        look(NeedsBoard.spiNeed(0, 0));
        look(NeedsBoard.pinNeed());
        look(NeedsBoard.pwmNeed());
        RootedFiles files = new RootedFiles(root);
        folder(files, "1-Wire", W1Thermometer.FOLDER, "dtoverlay=w1-gpio in /boot/firmware/config.txt, and restart");
        folder(files, "IIO sensors", KernelDevice.IIO, "a dtoverlay of the chip, such as dtoverlay=dht11,gpiopin=4");
        folder(files, "hwmon sensors", KernelDevice.HWMON, "modprobe of the chip's driver");
        folder(files, "thermal zones", ThermalZone.FOLDER, "a machine that is not virtual");
        clock(Instant.now());
        return findings;
    }

    private void look(NeedsBoard.Need need) {
        Path node = root.resolve(need.node().substring(1));
        if (!Files.exists(node)) {
            bad(need.what(), "there is no " + need.node() + "; enable it: " + need.enabling());
        } else if (!mayUse.test(node) && !Files.isDirectory(node)) {
            bad(need.what(), "this user may not use " + need.node() + "; " + Access.advice(node, user));
        } else {
            good(need.what(), need.node());
        }
    }

    private void folder(RootedFiles files, String what, String folder, String enabling) {
        List<String> names;
        try {
            names = files.list(folder);
        } catch (IOException e) {
            bad(what, "cannot read " + folder);
            return;
        }
        if (names.isEmpty()) {
            bad(what, "nothing in " + folder + "; enable it: " + enabling);
        } else {
            good(what, String.join(", ", names));
        }
    }

    /** A sensor of the kernel is asked for a value: nothing is moved by that. */
    private void tryOut(Reading reading, Explained explained) {
        Sensor sensor = reading.sensor();
        long startNs = System.nanoTime();
        int status = sensor.begin(0);
        long ms = 0;
        while ((status == Hal.OK || status == Hal.WOULD_BLOCK) && ms < PATIENCE_MS) {
            LockSupport.parkNanos(10_000_000);
            ms = (System.nanoTime() - startNs) / 1_000_000;
            status = sensor.poll(ms);
            if (status == Hal.OK) {
                good("sensor " + reading.name(), "measures");
                return;
            }
        }
        String why = explained.problem().isEmpty() ? "no answer from the kernel" : explained.problem();
        bad("sensor " + reading.name(), why);
    }

    private void clock(Instant now) {
        String day = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
        Path timesync = root.resolve("run/systemd/timesync");
        if (now.isBefore(FIRST)) {
            bad("clock", "it says " + day + "; sudo timedatectl set-ntp true, and a network");
        } else if (Files.isDirectory(timesync) && !Files.exists(timesync.resolve("synchronized"))) {
            bad("clock", day + ", but not synchronised since the start; time stamps may be wrong (timedatectl)");
        } else {
            good("clock", day);
        }
    }

    private void good(String what, String said) {
        findings.add(new Finding(true, what, said));
    }

    private void bad(String what, String said) {
        findings.add(new Finding(false, what, said));
    }
}

package midge.board.serial;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import midge.board.linux.Access;
import midge.hal.Idle;
import midge.hal.SerialPort;

/** Opens serial ports. */
public final class SerialPorts {
    static final String JSSC = "jssc";
    static final String JSERIALCOMM = "jserialcomm";
    static final Set<String> DRIVERS = Set.of(JSSC, JSERIALCOMM);

    private static final Path DEV = Path.of("/dev");
    /** Where plugged-in adapters, modems and the pins of a Raspberry Pi appear. */
    private static final String PORTS = "tty{USB,ACM,AMA}*";

    private SerialPorts() {}

    /**
     * Opens the port that {@code uri} names.
     *
     * @param idle woken when octets come, and when the port is gone
     * @throws IOException of one sentence when there is none, it is in use, or this user may not use it
     */
    public static SerialPort open(SerialUri uri, Idle idle) throws IOException {
        return open(uri, idle, Access::isUsable);
    }

    static SerialPort open(SerialUri uri, Idle idle, Predicate<Path> mayUse) throws IOException {
        Path named = Path.of(uri.path());
        if (!Files.exists(named)) {
            throw new IOException("there is no serial port " + named + "; " + present(DEV));
        }
        Path port = named.toRealPath();
        if (Files.isDirectory(port) || Files.isRegularFile(port)) {
            throw new IOException(named + " is no serial port");
        }
        if (!mayUse.test(port)) {
            throw new IOException("this user may not use " + named + "; " + Access.advice(port));
        }
        PortLock lock = PortLock.of(port);
        if (lock == null) {
            throw new IOException(named + " is in use by another program of Midge");
        }
        try {
            PortDriver driver = uri.driver().equals(JSSC)
                    ? JsscDriver.open(port.toString(), uri)
                    : JSerialCommDriver.open(port.toString(), uri);
            return new HostSerialPort(named.toString(), driver, lock, idle);
        } catch (IOException e) {
            lock.close();
            throw new IOException(
                    named + " cannot be opened (" + e.getMessage()
                            + "); is it a serial port, and in use by no other program?",
                    e);
        }
    }

    /** {@return what there is to be opened, for a person} */
    static String present(Path dev) {
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> ports = Files.newDirectoryStream(dev, PORTS)) {
            ports.forEach(port -> found.add(port.toString()));
        } catch (IOException e) {
            // then none is found
        }
        return found.isEmpty() ? "no serial adapter is plugged in" : "there are " + String.join(", ", found);
    }
}

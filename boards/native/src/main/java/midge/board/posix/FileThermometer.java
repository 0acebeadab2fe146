package midge.board.posix;

import org.teavm.interop.Address;

/** A file with thousandths of a degree in its first line, as Linux has them in {@code /sys/class/thermal} and {@code /sys/class/hwmon}. */
final class FileThermometer extends Thermometer {
    private final byte[] path;

    FileThermometer(String path) {
        this.path = Texts.utf8(path);
    }

    @Override
    int measure() {
        return Posix.fileNumber(Address.ofData(path));
    }
}

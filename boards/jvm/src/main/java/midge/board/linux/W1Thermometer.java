package midge.board.linux;

import java.io.IOException;
import midge.board.SystemFiles;
import midge.hal.sense.Quantity;

/**
 * A DS18B20 and its relatives through the kernel's {@code w1_therm}. Reads {@code w1_slave}, which every kernel has and which tells
 * whether the checksum fits.
 */
public final class W1Thermometer implements FileSource {
    /** Where devices on 1-Wire are. */
    public static final String FOLDER = "/sys/bus/w1/devices";

    /** DS18S20, DS1822, DS18B20, DS1825, DS28EA00. */
    private static final String FAMILY = "(10|22|28|3b|42)-[0-9a-f]{12}";
    /** The register's content after power-on. */
    private static final int POWER_ON = 85_000;
    /** Nothing warms faster between two readings, milli °C. */
    private static final int NEAR = 5_000;

    private final String id;
    private int last = Integer.MIN_VALUE / 2;

    /** @param id such as {@code 28-00000abcdef0}; empty: the first on the bus */
    public W1Thermometer(String id) {
        this.id = id;
    }

    @Override
    public int[] quantities() {
        return new int[] {Quantity.TEMPERATURE};
    }

    @Override
    public int attempts() {
        return 2;
    }

    @Override
    public void read(SystemFiles files, int[] values) throws IOException {
        String device = id.isEmpty() ? first(files) : id;
        if (!files.list(FOLDER).contains(device)) {
            throw new IOException("no device " + device + " on the 1-Wire bus (" + FOLDER + ")");
        }
        String file = FOLDER + "/" + device + "/w1_slave";
        values[0] = judge(file, files.read(file));
    }

    private int judge(String file, String text) throws IOException {
        String[] lines = text.split("\n", 2);
        int at = lines.length < 2 ? -1 : lines[1].lastIndexOf("t=");
        if (at < 0) {
            throw new IOException(file + " holds no temperature");
        }
        if (!lines[0].strip().endsWith("YES")) {
            throw new IOException("the thermometer's checksum is wrong; look at cable and pull-up resistor (4.7 kOhm)");
        }
        int milliCelsius = Decimal.whole(file, Decimal.parse(file, lines[1].substring(at + 2)));
        if (milliCelsius == POWER_ON && Math.abs(last - POWER_ON) > NEAR) {
            throw new IOException("the thermometer has lost its supply and gave its power-on value, 85 degrees");
        }
        last = milliCelsius;
        return milliCelsius;
    }

    private static String first(SystemFiles files) throws IOException {
        for (String name : files.list(FOLDER)) {
            if (name.matches(FAMILY)) {
                return name;
            }
        }
        throw new IOException("no thermometer on the 1-Wire bus (" + FOLDER + ")");
    }
}

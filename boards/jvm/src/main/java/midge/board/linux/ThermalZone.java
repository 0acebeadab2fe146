package midge.board.linux;

import java.io.IOException;
import midge.board.SystemFiles;
import midge.hal.sense.Quantity;

/** The temperature of the processor, or of another zone that Linux watches: {@code /sys/class/thermal/thermal_zoneN}. */
public final class ThermalZone implements FileSource {
    /** Where zones are. */
    public static final String FOLDER = "/sys/class/thermal";

    private static final String ZONE = "thermal_zone";

    private final String type;

    /** @param type the zone's {@code type} or a part of it; empty: the processor's, or the first */
    public ThermalZone(String type) {
        this.type = type;
    }

    @Override
    public int[] quantities() {
        return new int[] {Quantity.TEMPERATURE};
    }

    @Override
    public void read(SystemFiles files, int[] values) throws IOException {
        String file = zone(files) + "/temp";
        values[0] = Decimal.whole(file, Decimal.parse(file, files.read(file)));
    }

    private String zone(SystemFiles files) throws IOException {
        String first = "";
        String wanted = type.isEmpty() ? "cpu" : type;
        for (String name : files.list(FOLDER)) {
            if (name.startsWith(ZONE)) {
                String zone = FOLDER + "/" + name;
                first = first.isEmpty() ? zone : first;
                if (files.read(zone + "/type").contains(wanted)) {
                    return zone;
                }
            }
        }
        if (first.isEmpty() || !type.isEmpty()) {
            throw new IOException(
                    first.isEmpty()
                            ? "this machine tells no temperature in " + FOLDER + ", as is usual for virtual ones"
                            : "no zone in " + FOLDER + " has the type " + type);
        }
        return first;
    }
}

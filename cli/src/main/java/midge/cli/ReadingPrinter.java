package midge.cli;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import midge.sim.device.Ledger;

/** One line for each reading that arrived; in colour on a terminal. */
final class ReadingPrinter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** Unit and colour of what a topic's last level names. */
    private record Look(String unit, int colour) {}

    private static final Look PLAIN = new Look("", 37);
    private static final Map<String, Look> LOOKS = Map.of(
            "temperature", new Look("°C", 33),
            "humidity", new Look("%", 36),
            "pressure", new Look("Pa", 34),
            "illuminance", new Look("lx", 93),
            "motion", new Look("", 35),
            "relay", new Look("", 32));

    private final boolean quiet;
    private final boolean coloured = Boolean.getBoolean("midge.terminal") && System.getenv("NO_COLOR") == null;

    ReadingPrinter(boolean quiet) {
        this.quiet = quiet;
    }

    void print(Ledger.Reading reading) {
        if (quiet) {
            return;
        }
        String value = reading.topic().substring(reading.topic().lastIndexOf('/') + 1);
        Look look = LOOKS.getOrDefault(value, PLAIN);
        String shown = switch (value) {
            case "motion" -> reading.payload().equals("1") ? "motion" : "quiet";
            case "relay" -> reading.payload().equals("1") ? "on" : "off";
            default -> reading.payload() + " " + look.unit();
        };
        String text = String.format("%-11s %-12s %14s", reading.device(), value, shown);
        System.out.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + "  " + paint(text, look.colour())
                + "  QoS " + reading.qos());
    }

    private String paint(String text, int colour) {
        return coloured ? "\u001B[" + colour + "m" + text + "\u001B[0m" : text;
    }
}

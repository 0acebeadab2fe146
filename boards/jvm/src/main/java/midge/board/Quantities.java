package midge.board;

import java.util.Map;
import java.util.TreeMap;
import midge.hal.sense.Quantity;

/**
 * What each {@link Quantity} is called and measured in, for people and for Home Assistant and Homie: the one table of this.
 * The unit is that of {@code midge.runtime.payload.Units}, in which values are published.
 *
 * @param key for topics and identifiers, {@code temperature}
 * @param title for people
 * @param unit as both conventions write it; empty: none
 * @param deviceClass Home Assistant's; empty: none. It fixes which units are allowed
 * @param isBinary whether there is only yes and no
 */
public record Quantities(String key, String title, String unit, String deviceClass, boolean isBinary) {
    private static final Map<Integer, Quantities> TABLE = new TreeMap<>(Map.ofEntries(
            number(Quantity.TEMPERATURE, "temperature", "Temperature", "°C", "temperature"),
            number(Quantity.HUMIDITY, "humidity", "Humidity", "%", "humidity"),
            number(Quantity.PRESSURE, "pressure", "Pressure", "Pa", "atmospheric_pressure"),
            number(Quantity.ILLUMINANCE, "illuminance", "Illuminance", "lx", "illuminance"),
            Map.entry(Quantity.MOTION, new Quantities("motion", "Motion", "", "motion", true)),
            number(Quantity.VOLTAGE, "voltage", "Voltage", "V", "voltage"),
            number(Quantity.CURRENT, "current", "Current", "A", "current"),
            number(Quantity.POWER, "power", "Power", "W", "power"),
            number(Quantity.DISTANCE, "distance", "Distance", "m", "distance"),
            Map.entry(Quantity.SWITCH, new Quantities("switch", "Switch", "", "", true)),
            number(Quantity.LEVEL, "level", "Level", "%", ""),
            number(Quantity.ANGLE, "angle", "Angle", "°", ""),
            number(Quantity.COUNT, "count", "Count", "", ""),
            number(Quantity.DURATION, "duration", "Duration", "s", "duration"),
            number(Quantity.MEMORY, "memory", "Free memory", "B", "data_size"),
            number(Quantity.SIGNAL, "signal", "Signal", "dBm", "signal_strength")));

    private static final Quantities OTHER = new Quantities("value", "Value", "", "", false);

    private static Map.Entry<Integer, Quantities> number(
            int quantity, String key, String title, String unit, String deviceClass) {
        return Map.entry(quantity, new Quantities(key, title, unit, deviceClass, false));
    }

    /** @param quantity a {@link Quantity}. @return its row; a row without unit for one that is not known here */
    public static Quantities of(int quantity) {
        return TABLE.getOrDefault(quantity, OTHER);
    }
}

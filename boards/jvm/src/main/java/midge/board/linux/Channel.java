package midge.board.linux;

import java.math.BigDecimal;
import java.util.List;
import midge.hal.sense.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What a file of the kernel's sensors measures.
 *
 * @param prefix how its name begins
 * @param quantity ours
 * @param factor from the kernel's unit to ours
 */
record Channel(String prefix, int quantity, BigDecimal factor) {
    /** Documentation/ABI/testing/sysfs-bus-iio. */
    static final List<Channel> IIO = List.of(
            of("in_temp", Quantity.TEMPERATURE, 1),
            of("in_humidityrelative", Quantity.HUMIDITY, 1),
            of("in_pressure", Quantity.PRESSURE, 1_000), // kPa
            of("in_illuminance", Quantity.ILLUMINANCE, 1_000),
            of("in_voltage", Quantity.VOLTAGE, 1_000), // mV
            of("in_current", Quantity.CURRENT, 1_000),
            of("in_power", Quantity.POWER, 1_000),
            of("in_distance", Quantity.DISTANCE, 1_000_000)); // m

    /** Documentation/hwmon/sysfs-interface. */
    static final List<Channel> HWMON = List.of(
            of("temp", Quantity.TEMPERATURE, 1),
            of("humidity", Quantity.HUMIDITY, 1),
            of("in", Quantity.VOLTAGE, 1_000), // mV
            of("curr", Quantity.CURRENT, 1_000), // mA
            of("power", Quantity.POWER, 1)); // µW

    private static Channel of(String prefix, int quantity, int factor) {
        return new Channel(prefix, quantity, BigDecimal.valueOf(factor));
    }

    /** {@return what the file {@code name} measures, null when that is none of ours} */
    static @Nullable Channel find(List<Channel> table, String name) {
        for (Channel channel : table) {
            if (name.startsWith(channel.prefix)) {
                return channel;
            }
        }
        return null;
    }
}

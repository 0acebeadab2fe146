package midge.board.sim;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import midge.board.SystemFiles;
import midge.board.linux.KernelDevice;
import midge.board.linux.ThermalZone;
import midge.board.linux.W1Thermometer;

/** The files of a machine with a warm processor, a DS18B20, a DHT22 and a BMP280, each with its driver in the kernel. */
final class SimFiles implements SystemFiles {
    /** Its checksum fits, as that of any thermometer that the kernel has found. */
    static final String THERMOMETER = "28-0000075a5e21";

    private final Map<String, Supplier<String>> files = new TreeMap<>();

    SimFiles(Weather weather) {
        String zone = ThermalZone.FOLDER + "/thermal_zone0/";
        files.put(zone + "type", () -> "cpu-thermal");
        files.put(zone + "temp", () -> "" + (25_000 + weather.milliCelsius(1)));
        files.put(
                W1Thermometer.FOLDER + "/" + THERMOMETER + "/w1_slave",
                () -> "91 01 4b 46 7f ff 0f 10 25 : crc=25 YES\n91 01 4b 46 7f ff 0f 10 25 t="
                        + weather.milliCelsius(2));
        String dht = KernelDevice.IIO + "/iio:device0/";
        files.put(dht + "name", () -> "dht11");
        files.put(dht + "in_temp_input", () -> "" + weather.milliCelsius(3));
        files.put(dht + "in_humidityrelative_input", () -> "" + weather.milliPercent(3));
        String bmp = KernelDevice.IIO + "/iio:device1/";
        files.put(bmp + "name", () -> "bmp280");
        files.put(bmp + "in_temp_input", () -> "" + weather.milliCelsius(4));
        files.put(bmp + "in_pressure_input", () -> weather.pascal(4) / 1_000.0 + "");
        String lm75 = KernelDevice.HWMON + "/hwmon0/";
        files.put(lm75 + "name", () -> "lm75");
        files.put(lm75 + "temp1_input", () -> "" + weather.milliCelsius(5));
    }

    @Override
    public List<String> list(String folder) {
        String below = folder + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(below))
                .map(file -> file.substring(below.length()).replaceFirst("/.*", ""))
                .distinct()
                .toList();
    }

    @Override
    public String read(String file) throws IOException {
        Supplier<String> text = files.get(file);
        if (text == null) {
            throw new NoSuchFileException(file);
        }
        return text.get();
    }
}

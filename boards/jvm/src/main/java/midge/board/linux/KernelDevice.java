package midge.board.linux;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import midge.board.SystemFiles;

/** A sensor with a driver in the kernel's IIO or hwmon subsystem: the files of one device, each one value. */
public final class KernelDevice implements FileSource {
    /** Where IIO devices are. */
    public static final String IIO = "/sys/bus/iio/devices";
    /** Where hwmon devices are. */
    public static final String HWMON = "/sys/class/hwmon";
    /** The files that the kernel's driver for DHT11, DHT21 and DHT22 has. */
    private static final List<String> DHT = List.of("in_temp", "in_humidityrelative");

    private final String folder;
    private final String device;
    private final List<String> names;
    private final Channel[] channels;
    private final int attempts;
    private final int pauseMs;

    private KernelDevice(
            String folder, List<Channel> table, String device, List<String> names, int attempts, int pauseMs) {
        this.folder = folder;
        this.device = device;
        this.names = List.copyOf(names);
        this.attempts = attempts;
        this.pauseMs = pauseMs;
        channels = new Channel[names.size()];
        for (int i = 0; i < channels.length; i++) {
            Channel channel = Channel.find(table, names.get(i));
            if (channel == null) {
                throw new IllegalArgumentException("\"" + names.get(i) + "\" is no channel, must begin with one of "
                        + String.join(", ", table.stream().map(Channel::prefix).toList()));
            }
            channels[i] = channel;
        }
    }

    /**
     * @param device what its file {@code name} holds, or the folder, {@code iio:device0}
     * @param channels such as {@code in_temp} or {@code in_voltage0}; read from {@code …_input}, or made of {@code _raw}, {@code _offset}
     *     and {@code _scale}
     * @throws IllegalArgumentException for a channel of an unknown kind
     */
    public static KernelDevice iio(String device, List<String> channels) {
        return new KernelDevice(IIO, Channel.IIO, device, channels, 1, 0);
    }

    /** As {@link #iio}: {@code device} such as {@code lm75} or {@code hwmon0}, channels such as {@code temp1} or {@code in0}. */
    public static KernelDevice hwmon(String device, List<String> channels) {
        return new KernelDevice(HWMON, Channel.HWMON, device, channels, 1, 0);
    }

    /** A DHT22 (DHT11, DHT21): temperature and humidity. It fails now and then, and may be asked again after two seconds. */
    public static KernelDevice dht() {
        return new KernelDevice(IIO, Channel.IIO, "dht11", DHT, 3, 2_100);
    }

    @Override
    public int[] quantities() {
        int[] quantities = new int[channels.length];
        for (int i = 0; i < quantities.length; i++) {
            quantities[i] = channels[i].quantity();
        }
        return quantities;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public int pauseMs() {
        return pauseMs;
    }

    @Override
    public void read(SystemFiles files, int[] values) throws IOException {
        String at = find(files);
        List<String> there = files.list(at);
        for (int i = 0; i < channels.length; i++) {
            String name = names.get(i).replaceAll("_(input|raw)$", "");
            BigDecimal value = value(files, there, at, name);
            values[i] = Decimal.whole(at + "/" + name, value.multiply(channels[i].factor()));
        }
    }

    private static BigDecimal value(SystemFiles files, List<String> there, String at, String name) throws IOException {
        if (there.contains(name + "_input")) {
            return number(files, at + "/" + name + "_input");
        }
        if (!there.contains(name + "_raw")) {
            throw new NoSuchFileException(at + "/" + name + "_input or _raw");
        }
        BigDecimal value = number(files, at + "/" + name + "_raw");
        // Scale and offset may belong to one channel, in_voltage0_scale, or to all of its kind, in_voltage_scale.
        String kind = name.replaceAll("\\d+$", "");
        for (String owner : new String[] {name, kind}) {
            if (there.contains(owner + "_offset")) {
                value = value.add(number(files, at + "/" + owner + "_offset"));
                break;
            }
        }
        for (String owner : new String[] {name, kind}) {
            if (there.contains(owner + "_scale")) {
                return value.multiply(number(files, at + "/" + owner + "_scale"));
            }
        }
        return value;
    }

    private static BigDecimal number(SystemFiles files, String file) throws IOException {
        try {
            return Decimal.parse(file, files.read(file));
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private String find(SystemFiles files) throws IOException {
        for (String name : files.list(folder)) {
            String at = folder + "/" + name;
            boolean isNamed =
                    files.list(at).contains("name") && files.read(at + "/name").equals(device);
            if (isNamed || name.equals(device)) {
                return at;
            }
        }
        throw new IOException("the kernel has no device \"" + device + "\" in " + folder
                + "; load its driver (dtoverlay in /boot/firmware/config.txt, or modprobe)");
    }
}

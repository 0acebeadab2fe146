package midge.board.posix;

import midge.board.small.SmallDevice;
import midge.board.small.SmallDeviceConfig;
import midge.hal.DigitalOut;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;

/** midge-node: a thermometer and a lamp on MQTT-SN, without a JVM. */
public final class NodeMain implements DigitalOut {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    /** How long the farewell may take, ms. */
    private static final int GOODBYE_MS = 2_000;

    private static final String HELP = """
            Usage: midge-node [OPTIONS]
            A thermometer and a lamp on MQTT-SN: publishes TOPIC/t, obeys on, off and toggle on TOPIC/led/set, tells TOPIC/led (retained).

              -g, --gateway ADDRESS[:PORT]  the MQTT-SN gateway, by number. Default: 127.0.0.1:1884
              -i, --id ID                   client id, 1 to 23 octets, unlike any other's. Default: midge-node
              -t, --topic TOPIC             what the topics begin with. Default: midge-node
              -s, --sensor sim|FILE         simulated, or a file with thousandths of a degree, such as
                                            /sys/class/thermal/thermal_zone0/temp. Default: sim
              -p, --period MS               milliseconds between readings. Default: 10000
              -q, --qos 0|1|2               QoS of the readings. Default: 1
              -n, --count N                 end when N messages have been delivered. Default: run until Ctrl-C
              -h, --help                    this text

            Exit code: 0 when asked to end, 1 when it could not work, 2 for a mistake on the command line.
            """;

    private final NodeOptions options;
    private final SmallDevice device;
    private boolean wasConnected;
    private int unanswered;
    private int failedMeasurements;

    private NodeMain(NodeOptions options) {
        this.options = options;
        SmallDeviceConfig config = new SmallDeviceConfig(Texts.octets(options.clientId), Texts.octets(options.topic));
        config.periodMs(options.periodMs).qos(options.qos).backlog(256);
        device = new SmallDevice(config, new UdpLink(), sensor(options.sensorFile), this, Posix.seed());
    }

    private static Thermometer sensor(@Nullable String file) {
        return file == null ? new SimulatedThermometer() : new FileThermometer(file);
    }

    /** Reads the command line and runs until asked to end. */
    public static void main(String[] words) {
        NodeOptions options = new NodeOptions(words);
        String error = options.error;
        if (options.help) {
            Posix.print(Posix.OUT, HELP);
        } else if (error != null) {
            complain(options.culprit, error);
            Posix.exit(USAGE);
        } else if (open(options)) {
            new NodeMain(options).run();
        }
    }

    private static boolean open(NodeOptions options) {
        String file = options.sensorFile;
        if (file != null && Posix.fileNumber(Address.ofData(Texts.utf8(file))) == Posix.NO_NUMBER) {
            complain(
                    file,
                    "cannot be read or has no whole number in its first line; ls /sys/class/thermal /sys/class/hwmon");
            Posix.exit(FAILED);
            return false;
        }
        int status = Posix.udpOpen(Address.ofData(Texts.utf8(options.host)), options.port);
        if (status == Posix.NO_ADDRESS) {
            complain(options.host, "is no numeric address, such as 192.168.1.5 or ::1");
            Posix.exit(USAGE);
        } else if (status < 0) {
            complain(options.host, "cannot be reached from this machine; ip route tells what can");
            Posix.exit(FAILED);
        }
        return status >= 0;
    }

    private static void complain(String what, String reason) {
        Posix.print(Posix.ERR, "midge-node: ");
        Posix.print(Posix.ERR, what);
        Posix.print(Posix.ERR, " ");
        Posix.print(Posix.ERR, reason);
        Posix.print(Posix.ERR, "\n");
    }

    private void run() {
        while (Posix.askedToEnd() == 0 && (options.count == 0 || device.delivered() < options.count)) {
            turn();
        }
        device.stop();
        long endMs = Posix.millis() + GOODBYE_MS;
        while (device.connected() && Posix.millis() < endMs) {
            turn();
        }
        Posix.exit(0);
    }

    private void turn() {
        long nextMs = device.turn(Posix.millis());
        tell();
        long waitMs = nextMs - Posix.millis();
        Posix.await((int) (waitMs < 0 ? 0 : waitMs > 1_000 ? 1_000 : waitMs));
    }

    private void tell() {
        if (device.connected() != wasConnected) {
            wasConnected = !wasConnected;
            Posix.print(Posix.OUT, wasConnected ? "connected\n" : "disconnected\n");
        }
        if (device.link().unanswered() != unanswered) {
            unanswered = device.link().unanswered();
            complain(options.host, "does not answer; trying again");
        }
        if (device.failedMeasurements() != failedMeasurements) {
            failedMeasurements = device.failedMeasurements();
            complain("the sensor", "gave no value this time");
        }
    }

    @Override
    public int write(boolean high) {
        Posix.print(Posix.OUT, high ? "led on\n" : "led off\n");
        return Hal.OK;
    }
}

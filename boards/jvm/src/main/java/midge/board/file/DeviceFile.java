package midge.board.file;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import midge.board.Board;
import midge.board.Boards;
import midge.board.Device;
import midge.board.Obedience;
import midge.board.Payload;
import midge.board.Quantities;
import midge.board.Reading;
import midge.board.jvm.JvmClock;
import midge.board.jvm.TlsConfig;
import midge.hal.sense.Sensor;
import midge.runtime.payload.Units;
import midge.settings.SecretFile;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * Reads a device file. A value of {@link #option} goes before one of {@link #environment}, and that before the file's; the variable of
 * {@code over} in {@code [link]} is {@code MIDGE_DEVICE_LINK_OVER}, that of {@code every_s} in the sensor "air"
 * {@code MIDGE_DEVICE_SENSOR_AIR_EVERY_S}.
 */
public final class DeviceFile implements AutoCloseable {
    private static final String NAME = "name";
    private static final int WEEK_S = 604_800;

    private final Path file;
    private final Source source;
    private Map<String, String> environment = Map.of();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kernel files");
        thread.setDaemon(true);
        return thread;
    });
    private Opener opener = name -> Boards.open(name, new JvmClock());
    private @Nullable Board board;

    /** Opens the board of a name. */
    public interface Opener {
        /** @throws IOException of one sentence when this machine is no such board */
        Board open(String name) throws IOException;
    }

    /** @param file relative names in it begin at its folder */
    public DeviceFile(Path file) {
        this.file = file;
        source = new Source(file.toString());
    }

    /** Takes the variables that begin with {@code MIDGE_DEVICE_}; the others fill in <code>${NAME}</code> in names of files. */
    public DeviceFile environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        source.environment(variables);
        return this;
    }

    /**
     * Takes one option of a command line.
     *
     * @param variable as that of the environment without its prefix, {@code DEVICE_BOARD}
     * @param name as on the command line, {@code --board}
     * @param value null sets nothing
     */
    public DeviceFile option(String variable, String name, @Nullable String value) {
        if (value != null) {
            source.option(variable, name, value);
        }
        return this;
    }

    /** Has boards opened in another way. */
    public DeviceFile opening(Opener boards) {
        opener = boards;
        return this;
    }

    /** {@return the board that {@link #read} opened} */
    public Board board() {
        if (board == null) {
            throw new IllegalStateException("not read yet");
        }
        return board;
    }

    /**
     * Reads the file and opens the board that it names.
     *
     * @throws Problems with all mistakes in the file
     * @throws IOException of one sentence when the machine does not give what the file asks for
     */
    public Device read() throws Problems, IOException {
        Table top = new Table(source, "", parse());
        Table general = top.table("device");
        if (!general.has(NAME)) {
            general.problem("needs a name, by which the broker knows it: name = \"greenhouse-1\"");
        }
        Device device = Device.named(judged(general, NAME, general.text(NAME, "device"), Device::named, "device"));
        Board opened = open(general);
        if (general.has("topic")) {
            device.under(general.text("topic", ""));
        }
        discovery(top, device);
        link(top.table("link"), device);
        Publishing publishing = Publishing.of(top.table("publish"));
        outbox(top.table("outbox"), device);
        sleep(top.table("sleep"), device);
        health(top.table("health"), device);
        List<Table> sensors = top.tables("sensor");
        List<Table> actuators = top.tables("actuator");
        for (Table keys : sensors) {
            sensor(keys, device, opened, publishing);
        }
        for (Table keys : actuators) {
            actuator(keys, device, opened);
        }
        general.finish();
        top.finish();
        source.finish();
        boolean idle = sensors.isEmpty() && actuators.isEmpty() && !top.has("health");
        if (idle && source.problems().isEmpty()) {
            general.problem("has no [[sensor]] and no [[actuator]], so there is nothing to do; the simplest one is"
                    + " [[sensor]] with kind = \"cpu\"");
        }
        if (!source.problems().isEmpty()) {
            throw source.problems().problems();
        }
        return device;
    }

    private TomlParseResult parse() throws Problems {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            source.problems().add("there is no device file " + file);
            throw source.problems().problems();
        } catch (IOException e) {
            source.problems().add("cannot read " + file + ": " + e);
            throw source.problems().problems();
        }
        TomlParseResult toml = org.tomlj.Toml.parse(text);
        for (TomlParseError error : toml.errors()) {
            source.problems().add(source.where(error.position().line()) + error.getMessage());
        }
        if (toml.hasErrors()) {
            throw source.problems().problems();
        }
        return toml;
    }

    private interface Judge {
        @SuppressWarnings("ReturnValueIgnored") // only whether it throws
        Object take(String value);
    }

    /** {@return the value if {@code judge} takes it, else the other, with a mistake noted} */
    private static String judged(Table keys, String key, String value, Judge judge, String otherwise) {
        try {
            judge.take(value);
            return value;
        } catch (IllegalArgumentException e) {
            keys.problem(key, ": " + e.getMessage());
            return otherwise;
        }
    }

    private Board open(Table general) throws IOException {
        String name = general.oneOf("board", Boards.LINUX, Boards.names());
        Board opened = opener.open(name);
        board = opened;
        return opened;
    }

    private void link(Table keys, Device device) {
        String over = keys.text("over", "mqtt://127.0.0.1:1883");
        judged(keys, "over", over, device::over, "");
        device.keepAlive(Duration.ofMillis(keys.seconds("keep_alive_s", 60, 1, 65_535)));
        device.retryAfter(Duration.ofMillis(keys.seconds("retry_s", 10, 0.1, 60)));
        device.mqttVersion(keys.number("mqtt_version", 4, 4, 5));
        String user = keys.text("user", "");
        String passwordFile = keys.text("password_file", "");
        if (!user.isEmpty() || !passwordFile.isEmpty()) {
            login(keys, device, user, passwordFile);
        }
        tls(keys, device);
        keys.finish();
    }

    private void login(Table keys, Device device, String user, String passwordFile) {
        if (user.isEmpty()) {
            keys.problem("password_file", "needs user");
            return;
        }
        try {
            device.login(user, passwordFile.isEmpty() ? new byte[0] : SecretFile.password(path(passwordFile)));
        } catch (IllegalArgumentException e) {
            keys.problem("password_file", ": " + e.getMessage());
        }
    }

    private void tls(Table keys, Device device) {
        String cafile = keys.text("cafile", "");
        String cert = keys.text("cert", "");
        String key = keys.text("key", "");
        boolean insecure = keys.flag("insecure", false);
        if (cert.isEmpty() != key.isEmpty()) {
            keys.problem(cert.isEmpty() ? "key" : "cert", "needs cert and key, or none of them");
            return;
        }
        try {
            TlsConfig.Builder tls = TlsConfig.builder().anyHost(insecure);
            if (!cafile.isEmpty()) {
                tls.authorityFile(path(cafile));
            }
            if (!cert.isEmpty()) {
                SecretFile.refuseWorldReadable("private key", path(key));
                tls.certificate(path(cert), path(key));
            }
            if (!cafile.isEmpty() || !cert.isEmpty() || insecure) {
                device.tls(tls.build());
            }
        } catch (IllegalArgumentException e) {
            keys.problem(cafile.isEmpty() ? "cert" : "cafile", ": " + e.getMessage());
        }
    }

    private void outbox(Table keys, Device device) {
        String folder = keys.text("folder", "");
        int messages = keys.number("messages", 1_000, 1, folder.isEmpty() ? 4_096 : 65_535);
        if (folder.isEmpty()) {
            device.outbox(messages);
        } else {
            try {
                device.outbox(path(folder), messages);
            } catch (IllegalArgumentException e) {
                keys.problem("folder", ": " + e.getMessage());
            }
        }
        device.drainEvery(Duration.ofMillis(keys.seconds("drain_s", 0.05, 0, 60)));
        keys.finish();
    }

    private static void health(Table keys, Device device) {
        int everyMs = keys.seconds("every_s", 0, 0, WEEK_S);
        if (everyMs > 0) {
            judged(keys, "every_s", "", any -> device.health(Duration.ofMillis(everyMs)), "");
        }
        keys.finish();
    }

    private static void discovery(Table top, Device device) {
        Table homie = top.table("homie");
        if (homie.flag("enabled", false)) {
            judged(homie, "enabled", "", any -> device.homie(), "");
        }
        homie.finish();
        Table assistant = top.table("homeassistant");
        String prefix = assistant.text("prefix", "homeassistant");
        String via = assistant.text("via_device", "");
        String status = assistant.text("gateway_status", "");
        if (assistant.flag("enabled", false)) {
            device.homeAssistant(prefix, via, status);
        }
        assistant.finish();
    }

    private static void sleep(Table keys, Device device) {
        int every = keys.seconds("every_s", 0, 0, 65_535) / 1_000;
        int report = keys.number("report_every", 1, 1, 1_000);
        if (every > 0) {
            device.sleeping(Duration.ofSeconds(every), report);
        }
        keys.finish();
    }

    /** What holds for all sensors that say nothing else. */
    private record Publishing(Payload payload, int qos, boolean retain) {
        static final List<String> PAYLOADS =
                Arrays.stream(Payload.values()).map(Payload::text).toList();

        static Publishing of(Table keys) {
            Publishing read = read(keys, new Publishing(Payload.BARE, 1, true));
            keys.finish();
            return read;
        }

        static Publishing read(Table keys, Publishing standard) {
            String payload = keys.oneOf("payload", standard.payload.text(), PAYLOADS);
            return new Publishing(
                    Payload.of(payload), keys.number("qos", standard.qos, 0, 2), keys.flag("retain", standard.retain));
        }
    }

    private void sensor(Table keys, Device device, Board opened, Publishing usual) throws IOException {
        String kind = keys.oneOf("kind", "", SensorKinds.names());
        if (kind.isEmpty()) {
            keys.problem("needs a kind: " + String.join(", ", SensorKinds.names()));
            return;
        }
        try {
            SensorKinds.Described made = SensorKinds.make(kind, keys, new SensorKinds.Parts(opened, worker));
            Publishing publishing = Publishing.read(keys, usual);
            Duration period = Duration.ofMillis(keys.seconds("every_s", 30, 0.001, WEEK_S));
            Reading reading = device.every(period, made.sensor())
                    .named(name(keys, kind))
                    .described(made.words())
                    .as(publishing.payload())
                    .qos(publishing.qos())
                    .retained(publishing.retain())
                    .samples(keys.number("samples", 1, 1, 64));
            int series = keys.number("series", 0, 0, 10_000);
            if (series > 0) {
                reading.aggregating(series);
            }
            deadbands(keys, reading);
            List<String> topics = keys.texts("topic");
            if (topics.isEmpty()) {
                reading.toUsualTopics();
            } else {
                reading.to(topics.toArray(new String[0]));
            }
        } catch (IllegalArgumentException e) {
            keys.problem(String.valueOf(e.getMessage()));
        }
        keys.finish();
    }

    private static String name(Table keys, String kind) {
        return judged(keys, NAME, keys.text(NAME, kind), Device::named, kind);
    }

    private static void deadbands(Table keys, Reading reading) {
        Sensor sensor = reading.measured();
        Table deadband = keys.table("deadband");
        for (int i = 0; i < sensor.valueCount(); i++) {
            String key = Quantities.of(sensor.quantity(i)).key();
            BigDecimal most = deadband.decimal(key);
            if (most != null) {
                int scale = Units.scale(sensor.quantity(i));
                reading.deadband(
                        i,
                        most.movePointRight(scale)
                                .setScale(0, RoundingMode.HALF_UP)
                                .intValue());
            }
        }
        deadband.finish();
    }

    private static void actuator(Table keys, Device device, Board opened) throws IOException {
        String kind = keys.oneOf("kind", "", ActuatorKinds.names());
        if (kind.isEmpty()) {
            keys.problem("needs a kind: " + String.join(", ", ActuatorKinds.names()));
            return;
        }
        try {
            Obedience obedience =
                    device.obey(ActuatorKinds.make(kind, keys, opened)).named(name(keys, kind));
            String topic = keys.text("topic", "");
            String commands = keys.text("commands", topic.isEmpty() ? "" : topic + "/set");
            if (commands.isEmpty()) {
                obedience.onUsualTopics();
            } else {
                obedience.telling(topic).on(commands);
            }
        } catch (IllegalArgumentException e) {
            keys.problem(String.valueOf(e.getMessage()));
        }
        keys.finish();
    }

    private Path path(String name) {
        return file.resolveSibling(SecretFile.expand(name, environment));
    }

    /** Lets go of the board. */
    @Override
    public void close() {
        worker.shutdownNow();
        if (board != null) {
            board.close();
        }
    }
}

package midge.cli;

import java.nio.charset.StandardCharsets;
import midge.mqtt.client.MqttClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that pub and sub share, with mosquitto's letters. */
final class BrokerOptions {
    static final int DEFAULT_PORT = 1883;

    @Option(
            names = {"-h", "--host"},
            paramLabel = "HOST",
            description = "The broker's host. Default: localhost")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The broker's port. Default: 1883")
    private @Nullable Integer port;

    @Option(
            names = {"-i", "--id"},
            paramLabel = "ID",
            description = "Client id. Default: made of the command's name and the process id.")
    private @Nullable String id;

    @Option(
            names = {"-k", "--keepalive"},
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Keep alive, 5..65535. Default: ${DEFAULT-VALUE}")
    private int keepAliveS;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "User name.")
    private @Nullable String user;

    @Option(
            names = {"-P", "--pw"},
            paramLabel = "PASSWORD",
            description = "Password; other users of this machine can see it in the process list.")
    private @Nullable String password;

    @Option(
            names = {"-V", "--protocol-version"},
            paramLabel = "VERSION",
            defaultValue = "mqttv311",
            description = "mqttv31, mqttv311 (default) or mqttv5; 31, 311 and 5 do as well.")
    private String version = "";

    String host() {
        return host == null ? "localhost" : host;
    }

    int port() {
        int chosen = port == null ? DEFAULT_PORT : port;
        if (chosen < 1 || chosen > 65535) {
            throw new UserError(ExitCode.USAGE, "-p is " + chosen + ", must be 1..65535");
        }
        return chosen;
    }

    String clientId(String command) {
        return id != null ? id : command + "-" + ProcessHandle.current().pid();
    }

    boolean hasId() {
        return id != null;
    }

    int keepAliveS() {
        if (keepAliveS < 5 || keepAliveS > 65535) {
            throw new UserError(ExitCode.USAGE, "-k is " + keepAliveS + ", must be 5..65535");
        }
        return keepAliveS;
    }

    byte @Nullable [] user() {
        return user == null ? null : user.getBytes(StandardCharsets.UTF_8);
    }

    byte @Nullable [] password() {
        if (password != null && user == null) {
            throw new UserError(ExitCode.USAGE, "-P needs -u");
        }
        return password == null ? null : password.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the protocol level: 3, 4 or 5} */
    int version() {
        return switch (version) {
            case "mqttv31", "31" -> 3;
            case "mqttv311", "311" -> 4;
            case "mqttv5", "5" -> 5;
            default ->
                throw new UserError(ExitCode.USAGE, "-V is '" + version + "', must be mqttv31, mqttv311 or mqttv5");
        };
    }

    /** {@return a client's configuration, as far as these options say} */
    MqttClientConfig.Builder client(String command) {
        MqttClientConfig.Builder builder = new MqttClientConfig.Builder()
                .version(version())
                .clientId(clientId(command).getBytes(StandardCharsets.UTF_8))
                .keepAliveS(keepAliveS());
        byte[] name = user();
        if (name != null) {
            builder.userName(name);
        }
        byte[] secret = password();
        if (secret != null) {
            builder.password(secret);
        }
        return builder;
    }

    /** MQTT-SN has a gateway in place of a broker, and no user. */
    void refuseForSn() {
        if (host != null || port != null) {
            throw new UserError(ExitCode.USAGE, "-h and -p name an MQTT broker; with --sn the URI names the gateway");
        }
        if (user != null || password != null) {
            throw new UserError(ExitCode.USAGE, "-u and -P mean nothing with --sn: MQTT-SN 1.2 has no user");
        }
    }
}

package midge.cli;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import midge.board.DatagramLinks;
import midge.gateway.app.Endpoint;
import midge.gateway.app.GatewaySettings;
import midge.gateway.app.MemoryBudget;
import midge.gateway.app.SettingsException;
import midge.gateway.app.SettingsReader;
import midge.gateway.app.StatusServer;
import midge.gateway.app.StatusTopics;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.MulticastGroup;
import midge.gateway.net.Transport;
import midge.gateway.port.GatewayCounters;
import org.jspecify.annotations.Nullable;
import org.tinylog.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code midge gateway}: MQTT-SN on UDP to an MQTT broker, until Ctrl-C. */
@Command(
        name = "gateway",
        description =
                "Carries MQTT-SN 1.2 from UDP, DTLS and serial ports to an MQTT broker, by one connection for each client or one for all.",
        footer = {
            "",
            "It listens on loopback unless told otherwise; --listen udp://0.0.0.0:1884 serves the network,",
            "--listen dtls://0.0.0.0 --psk-file FILE devices that have a key.",
            "An option goes before the environment (MIDGE_GATEWAY_BROKER_URI), that before the file;",
            "docs/gateway.toml has every setting. SIGHUP reads the --config file again: topics, access, logins,",
            "TLS files and the packet log change at once; with a mistake in it everything stays as it was.",
            "Exit codes: 0 ended, 1 failed, 2 wrong option, 3 broker does not answer, 130 Ctrl-C."
        })
final class GatewayCommand extends Helpful implements Callable<Integer> {
    private static final long WAIT_STEP_MS = 1_000;
    /** Longest time that telling all clients may take. */
    private static final long GOODBYE_MS = 3_000;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in TOML, such as docs/gateway.toml.")
    private @Nullable Path config;

    @Option(
            names = "--listen",
            paramLabel = "URI",
            description = "Where MQTT-SN clients are served, udp:// (port by default 1884), dtls:// (8883) or"
                    + " serial:///dev/ttyUSB0[?speed=115200]; may be repeated. Default: udp://127.0.0.1:1884")
    private @Nullable List<String> listen;

    @Option(
            names = "--psk-file",
            paramLabel = "FILE",
            description =
                    "Lines of identity:key, the key in hex, of the devices that dtls:// serves; others must not be"
                            + " able to read it.")
    private @Nullable String pskFile;

    @Option(
            names = "--dtls-cert",
            paramLabel = "FILE",
            description = "PEM file of the certificate that dtls:// shows; needs --dtls-key.")
    private @Nullable String dtlsCert;

    @Option(names = "--dtls-key", paramLabel = "FILE", description = "PEM file of its private key (PKCS 8).")
    private @Nullable String dtlsKey;

    @Option(
            names = "--dtls-cafile",
            paramLabel = "FILE",
            description = "PEM file of the authorities whose devices' certificates are good.")
    private @Nullable String dtlsCafile;

    @Option(
            names = "--broker",
            paramLabel = "URI",
            description =
                    "The MQTT broker: mqtt://, mqtts://, ws:// or wss://; further ones are used when those before "
                            + "do not answer. Default: mqtt://127.0.0.1:1883")
    private @Nullable List<String> broker;

    @Option(names = "--mqtt-version", paramLabel = "N", description = "4 is MQTT 3.1.1, 5 is 5.0. Default: 4")
    private @Nullable Integer mqttVersion;

    @Option(names = "--aggregate", description = "One broker connection for all clients; needs --mqtt-version 5.")
    private boolean aggregate;

    @Option(
            names = "--cafile",
            paramLabel = "FILE",
            description = "PEM file of the authorities that the broker is trusted by.")
    private @Nullable String cafile;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "PEM file of the certificate for the broker; needs --key.")
    private @Nullable String cert;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM file of its private key (PKCS 8, not encrypted).")
    private @Nullable String key;

    @Option(names = "--insecure", description = "Take a broker's certificate that is for another host.")
    private boolean insecure;

    @Option(
            names = "--alpn",
            paramLabel = "NAME",
            description = "Protocol offered in the TLS handshake; may be repeated.")
    private @Nullable List<String> alpn;

    @Option(
            names = "--credentials-file",
            paramLabel = "FILE",
            description = "Lines of: client id or pattern (sensor-*), space, user:password for the broker.")
    private @Nullable String credentialsFile;

    @Option(
            names = "--predefined",
            paramLabel = "ID=TOPIC",
            description = "A pre-defined topic id, 1..65534, and its topic name; may be repeated.")
    private List<String> predefined = List.of();

    @Option(names = "--gateway-id", paramLabel = "N", description = "GwId, 0..255. Default: 1")
    private @Nullable Integer gatewayId;

    @Option(names = "--user", paramLabel = "NAME", description = "User name for the broker.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for the broker; others must not be able to read it.")
    private @Nullable String passwordFile;

    @Option(
            names = "--retry",
            paramLabel = "SECONDS",
            description = "T_retry: how long a client's answer is awaited. Default: 10")
    private @Nullable Double retryS;

    @Option(names = "--no-qos-minus-one", description = "Drop PUBLISH at QoS -1, which needs no connection.")
    private boolean withoutUnconnected;

    @Option(
            names = "--discovery",
            paramLabel = "URI",
            description = "Answer searches and advertise in this group, udp+multicast://225.1.1.1:1883, for the udp:// "
                    + "listener; ?interface=NAME behind it takes one network only. Default: in none")
    private @Nullable String discovery;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description =
                    "Serve a status page, /metrics, /health and /ready on this loopback address. Default: nowhere")
    private @Nullable String http;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Keep sessions in this directory, so that a restart goes on with them. Default: "
                    + "$STATE_DIRECTORY, which systemd sets; without it nothing is kept")
    private @Nullable String store;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            description = "trace, debug (a line for each packet), info, warn, error or off. Default: info")
    private @Nullable String log;

    @Option(names = "--wait-for-broker", description = "Keep trying when the broker does not answer at the start.")
    private boolean waitForBroker;

    @Override
    public Integer call() {
        GatewaySettings settings = settings();
        try (Interrupt interrupt = new Interrupt()) {
            if (!awaitBroker(settings.brokers(), interrupt)) {
                return ExitCode.OK;
            }
            run(settings, interrupt);
            return ExitCode.OK;
        }
    }

    private void run(GatewaySettings settings, Interrupt interrupt) {
        Transport transport = Transport.best();
        EventLoopGroup loops = transport.newLoops(1, "gateway");
        SessionFiles files = settings.store()
                .map(directory -> SessionFiles.open(directory, settings))
                .orElse(null);
        GatewayLoop gateway = new GatewayLoop(
                loops.next(),
                transport,
                settings.targets(),
                settings.config(),
                new SecureRandom().nextLong(),
                files == null ? null : files.store());
        gateway.core().observe(GatewayReload.observer(gateway, settings));
        if (files != null) {
            files.tell(gateway.restore());
        }
        List<String> bound = new ArrayList<>();
        List<Endpoint> listeners = settings.listeners();
        for (int i = 0; i < listeners.size(); i++) {
            Endpoint listener = listeners.get(i);
            bound.add(
                    listener.isLink()
                            ? open(gateway, listener)
                            : bind(gateway, listener, settings, settings.isDiscovered(i)));
        }
        StatusTopics.begin(gateway, settings);
        StatusServer status = serveStatus(settings, gateway);
        System.out.println(
                "MQTT-SN on " + String.join(", ", bound) + " -> " + names(settings.brokers()) + " (Ctrl-C ends)");
        MemoryBudget budget = new MemoryBudget(settings.config(), settings.dtlsSessions());
        System.out.println(budget.line(Runtime.getRuntime().maxMemory()));
        System.out.println("sockets: " + transport.description());
        if (status != null) {
            System.out.println("status page: http://" + text(status.address()) + "/ (and /metrics, /health, /ready)");
        }
        if (config != null) {
            new GatewayReload(gateway, settings, () -> reader().settings()).onHangUp();
        }
        interrupt.await(Long.MAX_VALUE);
        GatewayCounters counters = gateway.core().counters();
        if (!gateway.shutdown(GOODBYE_MS)) {
            System.err.println("midge: not every client could be told that the gateway ends");
        }
        if (status != null) {
            status.close();
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        if (files != null) {
            files.close();
        }
        System.out.println(summary(counters));
    }

    private SettingsReader reader() {
        SettingsReader reader = new SettingsReader(new HostLinks());
        if (config != null) {
            reader.file(config);
        }
        reader.environment(System.getenv())
                .option("gateway.listen", "--listen", listen)
                .option("gateway.discovery", "--discovery", discovery)
                .option("dtls.psk_file", "--psk-file", pskFile)
                .option("dtls.cert", "--dtls-cert", dtlsCert)
                .option("dtls.key", "--dtls-key", dtlsKey)
                .option("dtls.cafile", "--dtls-cafile", dtlsCafile)
                .option("broker.uri", "--broker", broker == null ? null : broker.get(0))
                .option("broker.fallback", "--broker", broker == null ? null : broker.subList(1, broker.size()))
                .option("broker.mqtt_version", "--mqtt-version", mqttVersion)
                .option("broker.aggregate", "--aggregate", aggregate ? true : null)
                .option("broker.cafile", "--cafile", cafile)
                .option("broker.cert", "--cert", cert)
                .option("broker.key", "--key", key)
                .option("broker.insecure", "--insecure", insecure ? true : null)
                .option("broker.alpn", "--alpn", alpn)
                .option("broker.credentials_file", "--credentials-file", credentialsFile)
                .option("gateway.id", "--gateway-id", gatewayId)
                .option("broker.user", "--user", user)
                .option("broker.password_file", "--password-file", passwordFile)
                .option("timing.retry_ms", "--retry", retryS == null ? null : (int) Math.round(retryS * 1000))
                .option("unconnected.publish", "--no-qos-minus-one", withoutUnconnected ? false : null)
                .option("http.address", "--http", http)
                .option("store.directory", "--store", store)
                .option("logging.level", "--log", log);
        for (String topic : predefined) {
            PredefinedTopic parsed = PredefinedTopic.parse(topic);
            reader.topic(parsed.id(), parsed.name(), "--predefined");
        }
        return reader;
    }

    private GatewaySettings settings() {
        SettingsReader reader = reader();
        configureLog(reader.logLevel());
        try {
            return reader.settings();
        } catch (SettingsException e) {
            int more = e.errors().size() - 1;
            throw new UserError(ExitCode.USAGE, e.errors().get(0) + (more == 0 ? "" : " (and " + more + " more)"));
        }
    }

    /** Only works before the first line is logged, and TLS logs as soon as it is set up. */
    private static void configureLog(String level) {
        Configuration.set("level", level);
        boolean isTalkative = level.equals("debug") || level.equals("trace");
        Configuration.set("level@io.netty", isTalkative ? "info" : level);
        // What it has to say of one bad datagram or handshake is counted, and told by the listener.
        Configuration.set(
                "level@org.eclipse.californium", isTalkative ? "warn" : level.equals("off") ? "off" : "error");
    }

    private static @Nullable StatusServer serveStatus(GatewaySettings settings, GatewayLoop gateway) {
        InetSocketAddress at = settings.http().orElse(null);
        if (at == null) {
            return null;
        }
        try {
            return new StatusServer(at, gateway, settings.config());
        } catch (IOException e) {
            throw new UserError(
                    ExitCode.FAILED,
                    "cannot serve http on " + text(at) + ": " + e.getMessage() + "; choose another port");
        }
    }

    private static String names(List<Endpoint> brokers) {
        return String.join(" or ", brokers.stream().map(Endpoint::toString).toList());
    }

    /** One broker that answers is enough. */
    private boolean awaitBroker(List<Endpoint> brokers, Interrupt interrupt) {
        boolean told = false;
        for (String reason; (reason = failure(brokers)) != null; ) {
            if (!waitForBroker) {
                String which = brokers.size() == 1 ? "the broker at " : "none of the brokers at ";
                String answers = brokers.size() == 1 ? " does not answer (" : " answers (";
                throw new UserError(
                        ExitCode.REFUSED,
                        which + names(brokers) + answers + reason
                                + "); start it, or name another with --broker mqtt://host:port");
            }
            if (!told) {
                System.err.println("midge: waiting for the broker at " + names(brokers) + " (" + reason + ")");
                told = true;
            }
            if (interrupt.await(WAIT_STEP_MS)) {
                return false;
            }
        }
        return true;
    }

    /** {@return why the last of them does not answer, null when one does} */
    private static @Nullable String failure(List<Endpoint> brokers) {
        String reason = null;
        for (Endpoint broker : brokers) {
            try {
                reason = Endpoints.failure(broker.resolve());
            } catch (UnknownHostException e) {
                reason = "no address is known for host '" + broker.host() + "'; check the name";
            }
            if (reason == null) {
                return null;
            }
        }
        return reason;
    }

    private static String open(GatewayLoop gateway, Endpoint link) {
        String uri = link.toString();
        try {
            gateway.listenLink(uri, idle -> DatagramLinks.open(uri, idle));
            return uri;
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot listen on " + uri + ": " + e.getMessage());
        }
    }

    /** {@return where it listens} */
    private static String bind(GatewayLoop gateway, Endpoint uri, GatewaySettings settings, boolean isDiscovered) {
        try {
            InetSocketAddress at = uri.resolve();
            if (isDiscovered) {
                MulticastGroup group = settings.discovery().orElseThrow();
                return "udp://" + text(gateway.listenUdp(at, group)) + " (found in " + text(group.address()) + ")";
            }
            return uri.scheme() + "://"
                    + text(
                            uri.isDtls()
                                    ? gateway.listenDtls(at, settings.dtls().orElseThrow())
                                    : gateway.listenUdp(at));
        } catch (UnknownHostException e) {
            throw new UserError(ExitCode.FAILED, "no address is known for host '" + uri.host() + "'; check the name");
        } catch (Exception e) { // Netty throws what binding threw, declared or not
            String reason = String.valueOf(e.getMessage());
            String advice = reason.contains("in use")
                    ? "; another program has this port (ss -ulpn tells which), or choose another with --listen"
                    : "; the address must be one of this machine's, or 0.0.0.0 for all";
            throw new UserError(ExitCode.FAILED, "cannot listen on " + uri + ": " + reason + advice);
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String summary(GatewayCounters counters) {
        long dropped = 0;
        for (int i = 0; i < GatewayCounters.count(); i++) {
            dropped += GatewayCounters.name(i).startsWith("drop_") ? counters.value(i) : 0;
        }
        return "connected " + counters.value(GatewayCounters.CONNECTED)
                + ", published " + counters.value(GatewayCounters.PUBLISHED_UP)
                + ", delivered " + counters.value(GatewayCounters.DELIVERED_DOWN)
                + ", retransmitted " + counters.value(GatewayCounters.RETRANSMITTED)
                + ", dropped " + dropped;
    }
}

package midge.cli;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import midge.board.jvm.LinkUri;
import midge.gateway.core.GatewayConfig;
import midge.gateway.core.GatewayConfigBuilder;
import midge.gateway.core.GatewayCounters;
import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code midge gateway}: MQTT-SN on UDP to an MQTT broker, until Ctrl-C. */
@Command(
        name = "gateway",
        description = "Carries MQTT-SN 1.2 from UDP to an MQTT 3.1.1 broker, one broker connection for each client.",
        footer = {
            "",
            "It listens on loopback unless told otherwise; --listen udp://0.0.0.0:1884 serves the network.",
            "Exit codes: 0 ended, 1 failed, 2 wrong option, 3 broker does not answer, 130 Ctrl-C."
        })
final class GatewayCommand extends Helpful implements Callable<Integer> {
    private static final long WAIT_STEP_MS = 1_000;

    @Option(
            names = "--listen",
            paramLabel = "URI",
            defaultValue = "udp://127.0.0.1:1884",
            description = "Where MQTT-SN clients are served; may be repeated. Default: ${DEFAULT-VALUE}")
    private List<String> listen = List.of();

    @Option(
            names = "--broker",
            paramLabel = "URI",
            defaultValue = "mqtt://127.0.0.1:1883",
            description = "The MQTT broker. Default: ${DEFAULT-VALUE}")
    private String broker = "";

    @Option(
            names = "--predefined",
            paramLabel = "ID=TOPIC",
            description = "A pre-defined topic id, 1..65534, and its topic name; may be repeated.")
    private List<String> predefined = List.of();

    @Option(names = "--gateway-id", paramLabel = "N", defaultValue = "1", description = "GwId, 0..255. Default: 1")
    private int gatewayId;

    @Option(names = "--user", paramLabel = "NAME", description = "User name for the broker.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for the broker.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--retry",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "T_retry: how long a client's answer is awaited. Default: ${DEFAULT-VALUE}")
    private double retryS;

    @Option(names = "--no-qos-minus-one", description = "Drop PUBLISH at QoS -1, which needs no connection.")
    private boolean withoutUnconnected;

    @Option(names = "--wait-for-broker", description = "Keep trying when the broker does not answer at the start.")
    private boolean waitForBroker;

    @Override
    public Integer call() {
        LinkUri brokerUri = Endpoints.uri("--broker", broker, "mqtt");
        List<LinkUri> listenUris =
                listen.stream().map(l -> Endpoints.uri("--listen", l, "udp")).toList();
        GatewayConfig config = configuration();
        InetSocketAddress brokerAddress = Endpoints.resolve(brokerUri);
        try (Interrupt interrupt = new Interrupt()) {
            if (!awaitBroker(brokerUri, brokerAddress, interrupt)) {
                return ExitCode.OK;
            }
            Transport transport = Transport.best();
            EventLoopGroup loops = transport.newLoops(1, "gateway");
            GatewayLoop gateway =
                    new GatewayLoop(loops.next(), transport, brokerAddress, config, new SecureRandom().nextLong());
            List<String> bound = new ArrayList<>();
            for (LinkUri uri : listenUris) {
                bound.add("udp://" + text(bind(gateway, uri)));
            }
            System.out.println("MQTT-SN on " + String.join(", ", bound) + " -> " + brokerUri + " (Ctrl-C ends)");
            interrupt.await(Long.MAX_VALUE);
            gateway.close();
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
            System.out.println(summary(gateway.core().counters()));
            return ExitCode.OK;
        }
    }

    private GatewayConfig configuration() {
        GatewayConfigBuilder builder = GatewayConfig.builder();
        try {
            builder.gatewayId(gatewayId)
                    .retryMs((int) Math.round(retryS * 1000))
                    .unconnectedPublish(!withoutUnconnected);
            Credentials.read(user, passwordFile)
                    .ifPresent(c -> builder.userName(c.user()).password(c.password()));
            for (String topic : predefined) {
                PredefinedTopic parsed = PredefinedTopic.parse(topic);
                builder.predefined(parsed.id(), parsed.name());
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private boolean awaitBroker(LinkUri uri, InetSocketAddress address, Interrupt interrupt) {
        if (!waitForBroker) {
            Endpoints.probe(uri, address);
            return true;
        }
        boolean told = false;
        for (String reason; (reason = Endpoints.failure(address)) != null; ) {
            if (!told) {
                System.err.println("midge: waiting for the broker at " + uri + " (" + reason + ")");
                told = true;
            }
            if (interrupt.await(WAIT_STEP_MS)) {
                return false;
            }
        }
        return true;
    }

    private static InetSocketAddress bind(GatewayLoop gateway, LinkUri uri) {
        try {
            return gateway.listenUdp(Endpoints.resolve(uri));
        } catch (UserError e) {
            throw e;
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

package midge.cli;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import midge.gateway.net.Transport;
import midge.sim.broker.Authenticator;
import midge.sim.broker.BrokerConfig;
import midge.sim.broker.BrokerCounters;
import midge.sim.live.BrokerShell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code midge broker}: the simulator's broker, served. */
@Command(
        name = "broker",
        description = {
            "Serves MQTT 3.1, 3.1.1 and 5.0 by TCP and, with --ws, by WebSocket, until Ctrl-C.",
            "For trials and tests: sessions and retained messages are kept in memory only, and there is no TLS."
        },
        footer = {
            "",
            "Examples:",
            "  midge broker                                    TCP 1883 on this machine only",
            "  midge broker --port 0 --ws 9001                 any free port, and WebSocket",
            "  midge broker --bind 0.0.0.0 --password-file FILE    for other machines; FILE has lines NAME:PASSWORD",
            "Exit codes: 0 ended, 1 failed, 2 usage, 130 Ctrl-C."
        })
final class BrokerCommand extends Helpful implements Callable<Integer> {
    private static final int LOOPS_END_MS = 2_000;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "" + BrokerOptions.DEFAULT_PORT,
            description = "Listen here, 0 for any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--ws", paramLabel = "PORT", description = "Listen here for MQTT over WebSocket too.")
    private @Nullable Integer webSocketPort;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address of this machine to listen on. Default: loopback. Any other wants --password-file.")
    private @Nullable String bind;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Who may come in: lines NAME:PASSWORD, readable by its owner only.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            defaultValue = "10000",
            description = "Connections at a time. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--max-packet",
            paramLabel = "OCTETS",
            defaultValue = "2097152",
            description = "Largest packet. Default: ${DEFAULT-VALUE}.")
    private int packetMax;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print each message: who published it, topic, QoS, size.")
    private boolean verbose;

    @Override
    public Integer call() {
        InetAddress address = address();
        BrokerConfig config = config(address);
        EventLoopGroup loops = Transport.NIO.newLoops(1, "broker");
        try (Interrupt interrupt = new Interrupt()) {
            BrokerShell shell = serve(loops, config, address);
            interrupt.await(Long.MAX_VALUE);
            BrokerCounters counters = shell.broker().counters();
            shell.close();
            System.out.println(
                    "connections " + counters.connectionsOpened() + ", broken " + counters.connectionsBroken());
            return ExitCode.INTERRUPTED;
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(LOOPS_END_MS);
        }
    }

    private BrokerShell serve(EventLoopGroup loops, BrokerConfig config, InetAddress address) {
        try {
            BrokerShell shell = BrokerShell.serve(loops.next(), config, System.nanoTime());
            if (verbose) {
                shell.observe((clientId, topic, payload, qos, retain, nowMs) -> System.out.println(clientId + " -> "
                        + new String(topic, StandardCharsets.UTF_8) + " qos " + qos + (retain ? " retain" : "") + ", "
                        + payload.length + " octets"));
            }
            say("mqtt", address, shell.listen(new InetSocketAddress(address, port), false));
            if (webSocketPort != null) {
                say("ws", address, shell.listen(new InetSocketAddress(address, webSocketPort), true));
            }
            return shell;
        } catch (IOException e) {
            throw new UserError(
                    ExitCode.FAILED,
                    "the broker cannot listen: " + e.getMessage() + "; choose with --port, --ws, --bind");
        }
    }

    private static void say(String scheme, InetAddress address, int port) {
        String host = address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
        System.out.println("broker at " + scheme + "://" + host + ":" + port);
    }

    private InetAddress address() {
        if (bind == null) {
            return InetAddress.getLoopbackAddress();
        }
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new UserError(ExitCode.USAGE, "no address is known for --bind " + bind + "; check the name");
        }
    }

    private BrokerConfig config(InetAddress address) {
        Path file = passwordFile;
        if (file == null && !address.isLoopbackAddress()) {
            throw new UserError(
                    ExitCode.USAGE,
                    "anonymous clients are let in on loopback only; add --password-file for --bind " + bind);
        }
        try {
            return BrokerConfig.builder()
                    .connectionsMax(connections)
                    .packetOctetsMax(packetMax)
                    .authenticator(file == null ? Authenticator.EVERYONE : Authenticator.users(passwords(file)))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--connections or --max-packet: " + e.getMessage());
        }
    }

    private static Map<String, byte[]> passwords(Path file) {
        Secrets.refuseWorldReadable("password file", file);
        Map<String, byte[]> passwords = new HashMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                int colon = line.indexOf(':');
                if (colon > 0) {
                    passwords.put(
                            line.substring(0, colon), line.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
                } else if (!line.isBlank()) {
                    throw new UserError(ExitCode.USAGE, file + " line " + number + ": wants NAME:PASSWORD");
                }
            }
        } catch (IOException e) {
            throw new UserError(ExitCode.USAGE, "cannot read the password file " + file + ": " + e.getMessage());
        }
        return passwords;
    }
}

package midge.cli;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import midge.board.jvm.LinkUri;
import midge.gateway.net.Transport;
import midge.sim.device.Ledger;
import midge.sim.live.LiveRun;
import midge.sim.live.page.LivePage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code midge demo}: virtual devices, a lossy radio, the gateway and a broker in one process. */
@Command(
        name = "demo",
        description = {
            "Runs six virtual devices on a lossy radio, a gateway and a broker, and prints what arrives.",
            "The devices, the gateway and the broker are the real ones; only chips and radio are simulated."
        },
        footer = {
            "",
            "Exit codes: 0 ended and nothing was lost, 1 failed or lost readings, 2 wrong option,",
            "3 broker does not answer, 130 Ctrl-C."
        })
final class DemoCommand extends Helpful implements Callable<Integer> {
    private static final long STEP_MS = 100;
    private static final long DRAIN_MS = 5_000;
    private static final long GOODBYE_MS = 1_500;

    @Option(
            names = "--broker",
            paramLabel = "URI",
            description = "Use this MQTT broker, such as mqtt://localhost:1883, in place of the built-in one.")
    private @Nullable String brokerUri;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "End by itself after this time, such as 30s, 5m or 1h. Default: run until Ctrl-C.")
    private @Nullable String duration;

    @Option(
            names = "--loss",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Probability that the radio loses a frame, 0.0 to 0.9. Default: ${DEFAULT-VALUE}")
    private double loss;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides weather, motion and losses. Default: a new one each time, printed.")
    private @Nullable Long seed;

    @Option(names = "--quiet", description = "Print no readings, only the summary.")
    private boolean quiet;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Write each reading to FILE as CSV: what the chip held, what was published, what arrived.")
    private @Nullable Path record;

    @Option(
            names = "--http",
            paramLabel = "[ADDRESS:]PORT",
            defaultValue = LivePages.PORT,
            description = {
                "Where the live page is served, on this machine only unless an address is given; then it",
                "takes the token that is printed. Default: ${DEFAULT-VALUE}, or the next free port."
            })
    private String http = "";

    @Option(names = "--no-page", description = "Serve no live page.")
    private boolean noPage;

    @Override
    public Integer call() {
        if (!(loss >= 0 && loss <= 0.9)) {
            throw new UserError(ExitCode.USAGE, "--loss is " + loss + ", must be 0.0..0.9");
        }
        long endMs = duration == null ? Long.MAX_VALUE : Durations.parseMs("--duration", duration);
        long chosenSeed = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        LinkUri external = brokerUri == null ? null : Endpoints.uri("--broker", brokerUri, "mqtt");
        if (record != null) {
            Records.check(record);
        }
        EventLoopGroup loops = Transport.NIO.newLoops(2, "demo");
        try (Interrupt interrupt = new Interrupt()) {
            return external == null
                    ? runWithOwnBroker(loops, chosenSeed, endMs, interrupt)
                    : runWithBroker(loops, external, chosenSeed, endMs, interrupt);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }

    private int runWithOwnBroker(EventLoopGroup loops, long chosenSeed, long endMs, Interrupt interrupt) {
        Ledger ledger = new Ledger(record != null);
        LiveRun demo;
        try {
            demo = LiveRun.demo(loops.next(), BrokerOptions.DEFAULT_PORT, loss, chosenSeed, ledger);
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "the demo's broker cannot start: " + e.getMessage());
        }
        if (demo.brokerPort() != BrokerOptions.DEFAULT_PORT) {
            say("port " + BrokerOptions.DEFAULT_PORT + " is taken by another program; the demo's broker uses "
                    + demo.brokerPort());
        }
        LinkUri broker = new LinkUri("mqtt", "localhost", demo.brokerPort(), null);
        return run(demo, broker, Endpoints.resolve(broker), "#", chosenSeed, endMs, interrupt);
    }

    private int runWithBroker(EventLoopGroup loops, LinkUri broker, long chosenSeed, long endMs, Interrupt interrupt) {
        InetSocketAddress address = Endpoints.resolve(broker);
        Endpoints.probe(broker, address);
        LiveRun demo = LiveRun.demo(loops.next(), address, loss, chosenSeed, new Ledger(record != null));
        return run(demo, broker, address, "midge/#", chosenSeed, endMs, interrupt);
    }

    private int run(
            LiveRun demo,
            LinkUri broker,
            InetSocketAddress address,
            String watched,
            long chosenSeed,
            long endMs,
            Interrupt interrupt) {
        ReadingPrinter printer = new ReadingPrinter(quiet);
        try (LivePage page = noPage ? null : LivePages.serve(demo, http, ", or leave it out with --no-page")) {
            Observer observer = Observer.start(address, watched, (topic, payload) -> {
                Ledger.Reading reading = demo.ledger().arrived(topic, payload);
                if (reading != null) {
                    printer.print(reading);
                }
                if (page != null) {
                    page.onMessage(topic, payload);
                }
            });
            try {
                demo.start();
                introduce(broker, demo, page, chosenSeed);
                interrupt.await(endMs);
                settle(demo);
                long retransmitted = demo.retransmitted();
                demo.disconnect();
                await(() -> demo.connected() == 0, GOODBYE_MS);
                return conclude(demo.ledger(), retransmitted);
            } finally {
                observer.close();
            }
        } finally {
            demo.close();
        }
    }

    private void introduce(LinkUri broker, LiveRun demo, @Nullable LivePage page, long chosenSeed) {
        say(demo.devices().size() + " devices on a radio that loses " + Math.round(loss * 100)
                + " % of its frames (seed " + chosenSeed + "): " + String.join(", ", demo.devices()));
        if (page != null) {
            say("Watch and change them: " + page.url());
        }
        say("gateway -> broker at " + broker + ". See for yourself:");
        say("");
        say("  mosquitto_sub -h " + broker.host() + " -p " + broker.port() + " -t 'midge/#' -v");
        for (String topic : demo.commandTopics()) {
            say("  mosquitto_pub -h " + broker.host() + " -p " + broker.port() + " -t " + topic + " -m on");
        }
        say("");
    }

    private static void settle(LiveRun demo) {
        demo.quiet();
        await(demo::isSettled, DRAIN_MS);
    }

    private static void await(java.util.function.BooleanSupplier done, long longestMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longestMs);
        while (!done.getAsBoolean() && System.nanoTime() < endNs) {
            try {
                TimeUnit.MILLISECONDS.sleep(STEP_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private int conclude(Ledger ledger, long retransmitted) {
        Ledger.Totals totals = ledger.totals();
        if (record != null) {
            Records.write(record, ledger.readings());
        }
        say("");
        say("sent " + totals.sent() + ", delivered " + totals.delivered() + ", retransmitted " + retransmitted
                + ", duplicated " + totals.duplicated() + ", lost " + totals.lost() + " at QoS 1 and 2, "
                + totals.lostAtQos0() + " at QoS 0");
        if (totals.open() + totals.refused() > 0) {
            say("not delivered when it ended: " + (totals.open() + totals.refused()) + " (the devices know)");
        }
        return totals.lost() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}

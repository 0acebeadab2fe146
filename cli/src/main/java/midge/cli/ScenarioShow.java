package midge.cli;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import midge.gateway.net.Transport;
import midge.sim.live.LiveRun;
import midge.sim.live.page.LivePage;
import midge.sim.scenario.ScenarioResult;
import midge.sim.scenario.ScenarioRun;

/** A scenario on the live page, by the clock: {@code midge sim --live}. Its broker listens on TCP meanwhile. */
final class ScenarioShow implements AutoCloseable {
    /** More are no help to a person. */
    private static final int DEVICES_MAX = 200;

    private static final long LOOK_MS = 100;

    private final ScenarioRun run;
    private final EventLoopGroup loops = Transport.NIO.newLoops(1, "sim");
    private final LiveRun live;
    private final LivePage page;

    /** Shows it and lets its time flow. */
    ScenarioShow(ScenarioRun run, String http, int speed) {
        this.run = run;
        int devices = run.devices().size();
        if (devices > DEVICES_MAX) {
            throw new UserError(
                    ExitCode.USAGE, "--live shows at most " + DEVICES_MAX + " devices, this scenario has " + devices);
        }
        try {
            live = LiveRun.listening(loops.next(), run, BrokerOptions.DEFAULT_PORT);
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "the scenario's broker cannot listen: " + e.getMessage());
        }
        live.call(() -> {
            live.time().setSpeed(speed);
            return null;
        });
        page = LivePages.serve(live, http, "");
        live.call(() -> {
            Objects.requireNonNull(live.broker())
                    .broker()
                    .observe((client, topic, payload, qos, retain, nowMs) -> page.onMessage(
                            new String(topic, StandardCharsets.UTF_8), new String(payload, StandardCharsets.UTF_8)));
            return null;
        });
        live.start();
        System.out.println("Watch and change it: " + page.url());
        System.out.println("  mosquitto_sub -p " + live.brokerPort() + " -t 'midge/#' -v");
    }

    /** Waits until its time is over. {@return false when the user ended it before} */
    boolean pass(Interrupt interrupt) {
        while (live.call(() -> run.world().nowMs()) < run.scenario().durationMs()) {
            if (interrupt.await(LOOK_MS)) {
                return false;
            }
        }
        return true;
    }

    /** Ends and judges it; the page goes on. */
    ScenarioResult finish() {
        return live.call(run::finish);
    }

    /** Leaves the page there until the user ends it. */
    void stay(Interrupt interrupt) {
        System.out.println("The scenario is over and its devices are silent; the page stays until Ctrl-C.");
        interrupt.await(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        page.close();
        live.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}

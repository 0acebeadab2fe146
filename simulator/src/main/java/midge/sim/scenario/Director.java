package midge.sim.scenario;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import midge.sim.World;
import midge.sim.net.Faults;
import midge.sim.scenario.Scenario.Event;
import midge.sim.scenario.Scenario.What;
import midge.sim.stream.Application;
import midge.sim.stream.StreamFaults;
import org.jspecify.annotations.Nullable;

/** Lets happen what a scenario plans, and undoes it in time. What is undone becomes what the scenario's [radio] says. */
final class Director {
    /** A device that has written nothing for so long keeps its power. */
    private static final long TEAR_WITHIN_MS = 600_000;

    private static final int STALL_MS = 2_000;

    private final ScenarioRun run;
    private final World world;
    private @Nullable Application application;
    private int silences;
    private int brokersAway;
    private int crashes;

    Director(ScenarioRun run) {
        this.run = run;
        world = run.world();
    }

    void plan(Event event) {
        if (event.what() == What.PUBLISH && application == null) {
            application = new Application(world, run.ownBroker(), "scenario");
        }
        world.at(event.atMs(), () -> begin(event));
    }

    private void begin(Event event) {
        apply(event);
        if (event.forMs() > 0) {
            world.after(event.forMs(), () -> undo(event));
        }
    }

    private void apply(Event event) {
        switch (event.what()) {
            case LOSS -> faults(event, faults -> faults.setLoss(event.value()));
            case DUPLICATION -> faults(event, faults -> faults.setDuplication(event.value()));
            case REORDERING -> faults(event, faults -> faults.setReordering(event.value()));
            case BIT_ERRORS -> faults(event, faults -> faults.setBitErrors(event.value()));
            case LATENCY ->
                faults(
                        event,
                        faults -> faults.setLatency(
                                (int) event.value(), run.scenario().radio().jitterMs()));
            case SILENCE -> {
                silences++;
                run.network().faults().setCut(true);
            }
            case ISOLATED ->
                each(event, device -> run.network().isolate(device.device().node(), true));
            case POWER_CUT -> each(event, device -> device.device().cutPower());
            case TORN_WRITE -> each(event, device -> device.device().tearWrite(TEAR_WITHIN_MS, event.forMs()));
            case CLOCK_LEAP -> each(event, device -> device.device().leap((long) (event.value() * 1_000)));
            case SENSOR_ABSENT -> each(event, device -> device.absent(true));
            case SENSOR -> each(event, device -> device.hold(event.quantity(), event.value()));
            case GATEWAY_CRASH -> {
                if (crashes++ == 0) {
                    run.gateway().crash();
                }
            }
            case BROKER_AWAY -> {
                if (brokersAway++ == 0) {
                    run.ownBroker().stop();
                }
            }
            case LINES_CHOPPED -> lines().setChopped(true);
            case LINES_STALL -> lines().setStalls(event.value(), STALL_MS);
            case LINES_BREAK -> lines().setBreaks(event.value());
            case PUBLISH ->
                Objects.requireNonNull(application)
                        .publish(new Application.Publication(event.topic(), event.payload(), 1));
        }
    }

    private void undo(Event event) {
        Scenario.Radio radio = run.scenario().radio();
        switch (event.what()) {
            case LOSS -> faults(event, faults -> faults.setLoss(radio.loss()));
            case DUPLICATION -> faults(event, faults -> faults.setDuplication(radio.duplication()));
            case REORDERING -> faults(event, faults -> faults.setReordering(radio.reordering()));
            case BIT_ERRORS -> faults(event, faults -> faults.setBitErrors(radio.bitErrors()));
            case LATENCY -> faults(event, faults -> faults.setLatency(radio.latencyMs(), radio.jitterMs()));
            case SILENCE -> run.network().faults().setCut(--silences > 0);
            case ISOLATED ->
                each(event, device -> run.network().isolate(device.device().node(), false));
            case POWER_CUT -> each(event, device -> device.device().start(world.nowMs()));
            case SENSOR_ABSENT -> each(event, device -> device.absent(false));
            case SENSOR -> each(event, device -> device.release(event.quantity()));
            case GATEWAY_CRASH -> {
                if (--crashes == 0) {
                    run.gateway().start();
                }
            }
            case BROKER_AWAY -> {
                if (--brokersAway == 0) {
                    run.ownBroker().start();
                }
            }
            case LINES_CHOPPED -> lines().setChopped(false);
            case LINES_STALL -> lines().setStalls(0, STALL_MS);
            case LINES_BREAK -> lines().setBreaks(0);
            case CLOCK_LEAP, TORN_WRITE, PUBLISH -> {}
        }
    }

    private StreamFaults lines() {
        return run.ownBroker().faults();
    }

    /** The faults of the radio, or of the ways between single devices and the gateway. */
    private void faults(Event event, Consumer<Faults> change) {
        if (event.devices().isEmpty()) {
            change.accept(run.network().faults());
            return;
        }
        int gateway = run.gateway().node();
        each(event, device -> {
            change.accept(run.network().faults(device.device().node(), gateway));
            change.accept(run.network().faults(gateway, device.device().node()));
        });
    }

    private void each(Event event, Consumer<ScenarioDevice> action) {
        List<ScenarioDevice> devices = run.scenarioDevices();
        for (ScenarioDevice device : devices) {
            if (Scenario.fits(device.spec().name(), event.devices())) {
                action.accept(device);
            }
        }
    }
}

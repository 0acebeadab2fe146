package midge.sim.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import midge.sim.device.VirtualChip;
import midge.sim.net.Faults;
import midge.sim.net.RadioMap;
import midge.sim.net.SimNetwork;
import midge.sim.scenario.Scenario.DeviceSpec;
import midge.sim.scenario.Scenario.Event;
import midge.sim.scenario.Scenario.SensorSpec;
import midge.sim.scenario.Scenario.SignalSpec;
import midge.sim.scenario.Scenario.What;

/**
 * A run's scenario with what was changed since it began: where the radios stand, the radio's faults, what chips were made to feel, which
 * devices have no power. Its events begin anew.
 */
public final class Standing {
    private final ScenarioRun run;
    private final SimNetwork network;
    private final RadioMap map;

    private Standing(ScenarioRun run) {
        this.run = run;
        network = run.network();
        map = network.map();
    }

    /** {@return the scenario that begins as this run stands now} */
    public static Scenario of(ScenarioRun run) {
        return new Standing(run).scenario();
    }

    private Scenario scenario() {
        Scenario was = run.scenario();
        Faults faults = network.faults();
        Scenario.Radio radio = new Scenario.Radio(
                network.profile(),
                faults.loss(),
                faults.duplication(),
                faults.reordering(),
                run.scenario().radio().bitErrors(),
                faults.latencyMs(),
                faults.jitterMs(),
                map.rangeM());
        int gateway = run.gateway().node();
        Scenario.Gateway before = was.gateway();
        Scenario.Gateway there = new Scenario.Gateway(
                before.mqttVersion(),
                before.retryMs(),
                before.retryLimit(),
                before.sessionsSpare(),
                map.xM(gateway),
                map.yM(gateway));
        List<DeviceSpec> devices = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (ScenarioDevice device : run.scenarioDevices()) {
            devices.add(device(device));
            if (isCut(device)) {
                events.add(new Event(What.POWER_CUT, 0, 0, device.spec().name(), "", 0, "", ""));
            }
        }
        events.addAll(was.events());
        OptionalLong seed = OptionalLong.of(run.world().seed());
        return new Scenario(
                was.title(), seed, was.durationMs(), was.dayMs(), radio, there, devices, events, was.expectations());
    }

    /** Cut by hand: what an event cuts, it will cut again. */
    private boolean isCut(ScenarioDevice device) {
        return !device.device().isOn()
                && run.world().nowMs() > device.spec().startMs()
                && run.scenario().events().stream()
                        .noneMatch(event -> event.what() == What.POWER_CUT
                                && Scenario.fits(device.spec().name(), event.devices()));
    }

    private DeviceSpec device(ScenarioDevice device) {
        int node = device.device().node();
        DeviceSpec spec = device.spec();
        List<SensorSpec> sensors = spec.sensors().stream()
                .map(sensor -> new SensorSpec(
                        sensor.chip(), sensor.everyMs(), sensor.heartbeatMs(), sensor.qos(), felt(device, sensor)))
                .toList();
        return spec.with(map.xM(node), map.yM(node), sensors);
    }

    private static Map<String, SignalSpec> felt(ScenarioDevice device, SensorSpec sensor) {
        Map<String, SignalSpec> felt = new HashMap<>(sensor.signals());
        for (String quantity : device.quantities()) {
            if (device.isHeld(quantity)) {
                double scale = VirtualChip.scale(quantity);
                felt.put(quantity, SignalSpec.constant(device.felt(quantity) / scale, scale));
            }
        }
        return felt;
    }
}

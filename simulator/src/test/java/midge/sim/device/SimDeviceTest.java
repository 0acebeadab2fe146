package midge.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import midge.gateway.config.GatewayConfig;
import midge.sensors.ds18b20.Ds18b20;
import midge.sensors.ds18b20.Ds18b20Model;
import midge.sensors.model.ModelOneWireBus;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.gateway.SimGateway;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;
import midge.sim.stream.BrokerNode;
import org.junit.jupiter.api.Test;

class SimDeviceTest {
    private final World world = new World(1);
    private final SimNetwork radio = new SimNetwork(world, RadioProfile.ieee802154(), "radio");
    private final BrokerNode broker = new BrokerNode(world, BrokerConfig.defaults(), "broker");
    private final SimGateway gateway = new SimGateway(
            world, radio, broker, GatewayConfig.builder().retryMs(1_000).build(), "gateway");
    private final Ledger ledger = new Ledger();
    private final Ds18b20Model chip = new Ds18b20Model(0x1234);

    private SimDevice thermometer() {
        return thermometer(new DeviceOptions());
    }

    private SimDevice thermometer(DeviceOptions options) {
        broker.broker()
                .observe((client, topic, payload, qos, retain, nowMs) -> ledger.arrived(
                        new String(topic, StandardCharsets.UTF_8), new String(payload, StandardCharsets.UTF_8)));
        SimDevice device = new SimDevice("cellar", options, world, radio, gateway.node(), ledger);
        ModelOneWireBus bus = new ModelOneWireBus(device.clock(), 1);
        bus.attach(chip);
        chip.milliCelsius(12_500);
        return device.senses(
                new Ds18b20(bus, chip.rom()), 2_000, 0, 1, List.of("temperature"), List.of(chip::heldMilliCelsius));
    }

    @Test
    void publishesWhatItsChipHolds() {
        SimDevice device = thermometer();
        device.start(0);
        world.runFor(20_000);
        assertThat(device.isConnected()).isTrue();
        assertThat(ledger.totals().delivered()).isBetween(8, 11);
        assertThat(ledger.readings()).allMatch(reading -> reading.payload().equals("12.50"));
        assertThat(device.topics()).containsExactly("midge/cellar/temperature");
    }

    @Test
    void keepsWhatItHasOnFlashThroughPowerCutsInTheMiddleOfAWrite() {
        SimDevice device = thermometer(new DeviceOptions().flashOctets(4_096));
        device.start(0);
        world.runFor(10_000);
        for (int i = 0; i < 30; i++) {
            if (i == 10) {
                broker.stop();
            }
            device.tearWrite(10_000, 100);
            world.runFor(10_000);
        }
        assertThat(device.isOn()).isTrue();
        assertThat(device.waiting()).isBetween(16, 32);
        broker.start();
        world.runFor(60_000);
        assertThat(device.tornWrites()).isGreaterThan(15).isEqualTo(device.powerCuts());
        Ledger.Totals totals = ledger.totals();
        assertThat(totals.open()).isZero();
        assertThat(totals.lost()).isZero();
        assertThat(totals.forgotten()).isLessThan(device.tornWrites());
        assertThat(totals.delivered() + totals.refused() + totals.forgotten()).isEqualTo(totals.sent());
    }

    @Test
    void losesWhatItHasInRamWithItsPowerAndComesBack() {
        SimDevice device = thermometer();
        device.start(0);
        world.runFor(10_000);
        broker.stop();
        world.runFor(20_000);
        assertThat(device.waiting()).isPositive();
        device.cutPower();
        device.cutPower();
        assertThat(device.isOn()).isFalse();
        assertThat(device.isConnected()).isFalse();
        assertThat(device.powerCuts()).isEqualTo(1);
        assertThat(ledger.totals().forgotten()).isPositive();
        broker.start();
        world.runFor(10_000);
        int before = ledger.totals().delivered();
        device.start(world.nowMs());
        world.runFor(60_000);
        assertThat(device.isConnected()).isTrue();
        assertThat(ledger.totals().delivered()).isGreaterThan(before + 20);
        assertThat(ledger.totals().lost()).isZero();
    }

    @Test
    void countsMeasurementsThatFail() {
        SimDevice device = thermometer();
        chip.wrongCrc(true);
        device.start(0);
        world.runFor(20_000);
        assertThat(device.sensorFailures()).isGreaterThan(5);
        assertThat(ledger.totals().sent()).isZero();
    }
}

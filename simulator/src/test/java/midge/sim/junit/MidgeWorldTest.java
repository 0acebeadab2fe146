package midge.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import midge.sensors.tmp102.Tmp102Model;
import midge.sensors.tmp102.Tmp102Registers;
import midge.sim.World;
import midge.sim.gateway.SimGateway;
import midge.sim.net.SimNetwork;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@MidgeWorld(seed = 5, loss = 0.1)
class MidgeWorldTest {
    private static final String TOPIC = "cellar/temperature";

    private final Tmp102Model chip = new Tmp102Model();

    private static SimBoard thermometer(SimWorld world, Tmp102Model chip) {
        SimBoard board = world.board("cellar");
        board.i2c().attach(Tmp102Registers.ADDRESS, chip);
        return board.boot(b -> Thermometer.on(b.link(), b.i2c(), b.prng())::turn);
    }

    @Test
    void allParametersBelongToOneWorld(
            SimWorld sim, World world, SimNetwork radio, SimGateway gateway, TestBroker broker) {
        assertThat(sim.world()).isSameAs(world);
        assertThat(sim.radio()).isSameAs(radio);
        assertThat(sim.gateway()).isSameAs(gateway);
        assertThat(sim.broker()).isSameAs(broker);
        assertThat(world.seed()).isEqualTo(5);
        assertThat(radio.faults().loss()).isEqualTo(0.1);
        assertThat(world.nowMs()).isZero();
    }

    @Test
    @MidgeWorld(seed = 6, radio = "udp")
    void aMethodHasItsOwn(SimWorld world) {
        assertThat(world.seed()).isEqualTo(6);
        assertThat(world.radio().faults().loss()).isZero();
        assertThat(world.radio().profile().mtu()).isGreaterThan(1_000);
    }

    @Nested
    class Inside {
        @Test
        void theClassAroundCounts(SimWorld world) {
            assertThat(world.seed()).isEqualTo(5);
        }
    }

    @Test
    void powerAndRadioComeAndGo(SimWorld world, TestBroker broker) {
        SimBoard board = thermometer(world, chip);
        world.until(() -> broker.messages(TOPIC).size() == 2);
        board.cutPower();
        world.run(Duration.ofMinutes(1));
        int before = broker.messages().size();
        assertThat(board.isOn()).isFalse();
        assertThat(before).isLessThanOrEqualTo(3);
        board.powerOn();
        world.until(Duration.ofMinutes(1), () -> broker.messages().size() > before);
        board.outOfReach(true);
        world.run(Duration.ofSeconds(30));
        int unreachable = broker.messages().size();
        world.run(Duration.ofSeconds(30));
        assertThat(broker.messages()).hasSize(unreachable);
        board.outOfReach(false);
        world.until(Duration.ofMinutes(5), () -> broker.messages().size() > unreachable + 3);
        assertThat(broker.messages("+/temperature")).allMatch(message -> message.qos() == 1);
        assertThat(broker.messages("+/humidity")).isEmpty();
        assertThat(broker.last("+/humidity")).isNull();
    }

    @Test
    void readingsTakenWithoutABrokerArriveLater(SimWorld world, TestBroker broker) {
        thermometer(world, chip);
        world.until(() -> broker.messages().size() == 1);
        broker.restart(Duration.ofMinutes(2));
        world.run(Duration.ofMinutes(1));
        assertThat(broker.messages()).hasSize(1);
        // The gateway says "congestion" meanwhile, which its client takes for five minutes' leave (T_wait).
        world.until(Duration.ofMinutes(7), () -> broker.messages().size() > 20);
    }

    @Test
    void aBareClientHearsWhatTheTestPublishes(SimWorld world, TestBroker broker) {
        BareClient[] client = new BareClient[1];
        world.board("bare").boot(board -> {
            client[0] = new BareClient(board.link());
            return client[0]::turn;
        });
        world.until(Duration.ofMinutes(1), () -> client[0].isSubscribed());
        broker.publish("bare/set", "on");
        world.until(Duration.ofMinutes(1), () -> client[0].heard().equals("on"));
        assertThat(broker.messages()).isEmpty();
    }

    @Test
    void waitingEnds(SimWorld world) {
        assertThatThrownBy(() -> world.until(Duration.ofSeconds(30), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("what the test waits for did not happen in 30.000 s of virtual time");
        assertThat(world.nowMs()).isEqualTo(30_000);
    }
}

package midge.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import midge.sensors.tmp102.Tmp102Model;
import midge.sensors.tmp102.Tmp102Registers;
import midge.sim.gateway.SimGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MidgeWorld(seed = 7, loss = 0.2)
class ThermometerTest {
    private final Tmp102Model chip = new Tmp102Model();

    @BeforeEach
    void build(SimWorld world) {
        SimBoard board = world.board("cellar");
        board.i2c().attach(Tmp102Registers.ADDRESS, chip);
        board.boot(b -> Thermometer.on(b.link(), b.i2c(), b.prng())::turn);
    }

    @Test
    void goesOnAfterTheGatewayWasAway(SimWorld world, SimGateway gateway, TestBroker broker) {
        chip.milliCelsius(21_500);
        world.until(() -> broker.payloads("cellar/temperature").contains("21.50"));
        gateway.restart(5_000);
        chip.milliCelsius(4_000);
        world.run(Duration.ofMinutes(2));
        assertEquals("4.00", broker.last("cellar/temperature"));
    }
}

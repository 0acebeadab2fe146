package midge.sim.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class, or one test, a world of its own: virtual time, a radio, the gateway and a broker. Test methods and
 * {@code @BeforeEach} methods may ask for a {@link SimWorld}, a {@link midge.sim.World}, a {@link midge.sim.net.SimNetwork}, a
 * {@link midge.sim.gateway.SimGateway} and a {@link TestBroker}. A test that fails tells the seed and what happened last;
 * {@code -Dmidge.seed=N} goes before every {@link #seed}. On a method it replaces that of the class.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MidgeWorldExtension.class)
public @interface MidgeWorld {
    /** A new seed for each test. */
    long FRESH = Long.MIN_VALUE;

    /** {@return what decides every random number: the same seed gives the same history} */
    long seed() default FRESH;

    /** {@return the medium: udp, zigbee, ble, lora or serial} */
    String radio() default "zigbee";

    /** {@return probability that a frame is lost, 0.0..1.0} */
    double loss() default 0;

    /** {@return probability that a frame arrives twice} */
    double duplication() default 0;

    /** {@return probability that a frame is overtaken by later ones} */
    double reordering() default 0;

    /** {@return how long a frame travels, ms} */
    int latencyMs() default 5;

    /** {@return how much longer it may take, ms} */
    int jitterMs() default 10;

    /** {@return what the gateway speaks with the broker: 4 is MQTT 3.1.1, 5 is 5.0} */
    int mqttVersion() default 4;
}

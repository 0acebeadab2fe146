package midge.sim.junit;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import midge.sensors.model.ModelI2cBus;
import midge.sim.NodeClock;
import midge.sim.SimNode;
import midge.sim.World;
import midge.sim.net.SimLink;
import midge.sim.net.SimNetwork;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/**
 * A virtual board for firmware under test: a radio, an I2C bus for chip models, a clock, random numbers, and power that may fail. Pins, 1-Wire
 * and SPI have models of their own in {@code midge.sensors.model}, to be made with this board's {@link #clock}.
 */
public final class SimBoard {
    /** What runs on the board. */
    @FunctionalInterface
    public interface Firmware {
        /**
         * Begins anew, as after power on: nothing in RAM is left.
         *
         * @return one turn of the main loop, such as {@code DeviceRuntime::turn}: takes the board's time, returns when it wants to run next,
         *     ms; a frame that arrives wakes it sooner
         */
        LongUnaryOperator start(SimBoard board);
    }

    private final String name;
    private final SimNetwork radio;
    private final SimLink link;
    private final NodeClock clock;
    private final ModelI2cBus i2c;
    private final World world;
    private int starts;
    private @Nullable Firmware firmware;
    private @Nullable SimNode node;

    SimBoard(String name, World world, SimNetwork radio, int gatewayNode) {
        this.name = name;
        this.world = world;
        this.radio = radio;
        link = radio.device(name, gatewayNode);
        clock = new NodeClock(world);
        i2c = new ModelI2cBus(clock);
    }

    /** Switches the board on with this firmware; its first turn comes when time passes next. @return this */
    public SimBoard boot(Firmware runs) {
        cutPower();
        firmware = runs;
        starts++;
        SimNode started = new SimNode(world, clock, runs.start(this));
        link.setListener(started::wake);
        started.start(world.nowMs());
        node = started;
        return this;
    }

    /** Cuts the power: what is in RAM, and frames that wait in the radio, are lost. */
    public void cutPower() {
        if (node != null) {
            node.stop();
            node = null;
            link.setListener(() -> {});
            link.clear();
        }
    }

    /** Brings the power back; the firmware of the last {@link #boot} begins anew. Does nothing when the board is on. */
    public void powerOn() {
        Firmware last = firmware;
        if (last == null) {
            throw new IllegalStateException("the board has no firmware: boot it first");
        }
        if (node == null) {
            boot(last);
        }
    }

    /** {@return whether it has power} */
    public boolean isOn() {
        return node != null;
    }

    /** Takes its radio out of everyone's reach, or brings it back. */
    public void outOfReach(boolean away) {
        radio.isolate(link.node(), away);
    }

    /** Lets its clock leap forward, as after deep sleep, and wakes it. */
    public void leap(Duration by) {
        clock.leap(by.toMillis());
        wake();
    }

    /** Wakes its main loop, as an interrupt does. */
    public void wake() {
        if (node != null) {
            node.wake();
        }
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its radio; the gateway is its peer {@code DatagramLink.GATEWAY}} */
    public SimLink link() {
        return link;
    }

    /** {@return its I2C bus; chips stay on it when the power goes} */
    public ModelI2cBus i2c() {
        return i2c;
    }

    /** {@return its clock} */
    public NodeClock clock() {
        return clock;
    }

    /** {@return random numbers for its firmware, others after each start} */
    public Prng prng() {
        return world.prng("board/" + name + "/" + starts);
    }
}

package midge.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.sim.NodeClock;
import midge.sim.World;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VirtualChipTest {
    private final World world = new World(1);
    private final NodeClock clock = new NodeClock(world);

    static Stream<String> kinds() {
        return VirtualChip.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theDriverReadsWhatTheChipFeels(String kind) {
        VirtualChip chip = VirtualChip.make(kind, clock, 1);
        assertThat(chip.values()).hasSize(chip.sensor().valueCount()).hasSameSizeAs(chip.held());
        chip.inputs().forEach((name, input) -> {
            assertThat(VirtualChip.scale(name)).as(name).isPositive();
            input.accept((int) (VirtualChip.scale(name) * (name.equals("pressure") ? 100_500 : 1)));
        });
        world.runFor(100); // some want a moment after power-up
        assertThat(Stream.generate(() -> measure(chip)).limit(3)).contains(Hal.OK);
        for (int i = 0; i < chip.values().size(); i++) {
            int held = chip.held().get(i).getAsInt();
            assertThat(chip.sensor().value(i)).as(chip.values().get(i)).isCloseTo(held, within(held));
            assertThat(chip.sensor().quantity(i)).isNotEqualTo(Quantity.NONE);
        }
    }

    /** Half a percent, or what a cheap chip resolves. */
    private static Offset<Integer> within(int held) {
        return Offset.offset(Math.max(1_300, Math.abs(held) / 200));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anAbsentChipFailsAndComesBack(String kind) {
        VirtualChip chip = VirtualChip.make(kind, clock, 1);
        chip.inputs().values().forEach(input -> input.accept(100_000));
        chip.absent().set(true);
        int absent = measure(chip);
        if (!kind.equals("mcp3008")) { // whose line rests low: it reads nothing, or 0
            assertThat(absent).as("measured without a chip").isNegative();
        }
        chip.absent().set(false);
        world.runFor(5_000);
        assertThat(Stream.generate(() -> measure(chip)).limit(5)).contains(Hal.OK);
    }

    private int measure(VirtualChip chip) {
        int status = chip.sensor().begin(world.nowMs());
        if (status != Hal.OK) {
            return status;
        }
        for (int i = 0; i < 1_000; i++) {
            status = chip.sensor().poll(world.nowMs());
            if (status != Hal.WOULD_BLOCK) {
                return status;
            }
            world.runFor(5);
        }
        return status;
    }
}

package midge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private final World world = new World(1);
    private final List<Long> rang = new ArrayList<>();
    private final Alarm alarm = new Alarm(world, () -> rang.add(world.nowMs()));

    @Test
    void ringsOnceAtTheDeadlineSetLast() {
        alarm.set(50);
        alarm.set(20);
        alarm.set(30);
        world.runUntil(100);
        assertThat(rang).containsExactly(30L);
    }

    @Test
    void canBeSwitchedOffAndOnAgain() {
        alarm.set(20);
        alarm.set(World.NEVER);
        world.runUntil(50);
        assertThat(rang).isEmpty();
        alarm.set(60);
        world.runUntil(100);
        assertThat(rang).containsExactly(60L);
    }

    @Test
    void movingItOftenDoesNotFillTheWorld() {
        for (int i = 0; i < 10_000; i++) {
            alarm.set(1_000 + i);
        }
        world.runUntil(100_000);
        assertThat(world.eventsRun()).isLessThan(5);
        assertThat(rang).containsExactly(10_999L);
    }

    @Test
    void aTimeThatHasPassedRingsNow() {
        world.runUntil(40);
        alarm.set(3);
        world.runUntil(40);
        assertThat(rang).containsExactly(40L);
    }
}

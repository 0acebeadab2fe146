package midge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimNodeTest {
    private final World world = new World(1);
    private final List<Long> turns = new ArrayList<>();

    @Test
    void turnsComeAtTheDeadlinesThatTheNodeAsksFor() {
        SimNode node = node(100);
        node.start(10);
        world.runUntil(250);
        assertThat(turns).containsExactly(10L, 110L, 210L);
    }

    @Test
    void wakeBringsATurnAtOnceAndReplacesTheDeadline() {
        SimNode node = node(100);
        node.start(0);
        world.at(30, node::wake);
        world.runUntil(140);
        assertThat(turns).containsExactly(0L, 30L, 130L);
    }

    @Test
    void aNodeThatIsOffOrNotYetOnIsNotWoken() {
        SimNode node = node(100);
        node.start(50);
        world.at(20, node::wake);
        world.runUntil(60);
        node.stop();
        node.wake();
        world.runUntil(500);
        assertThat(turns).containsExactly(50L);
        node.start(600);
        node.wake();
        world.runUntil(650);
        assertThat(turns).containsExactly(50L, 600L);
    }

    @Test
    void deadlinesAreInTheNodesOwnTime() {
        NodeClock fast = new NodeClock(world, 1_000_000, 100_000);
        SimNode node = new SimNode(world, fast, now -> {
            turns.add(world.nowMs());
            return now + 1_100;
        });
        node.start(0);
        world.runUntil(2_000);
        assertThat(turns).containsExactly(0L, 1_000L, 2_000L);
    }

    @Test
    void aNodeThatNeverRestsIsAnError() {
        SimNode node = new SimNode(world, new NodeClock(world), now -> now);
        node.start(0);
        assertThatThrownBy(() -> world.runUntil(1)).isInstanceOf(SimulationFailure.class);
    }

    private SimNode node(long periodMs) {
        return new SimNode(world, new NodeClock(world), now -> {
            turns.add(world.nowMs());
            return now + periodMs;
        });
    }
}

package midge.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class DeviceRuntimeTest {
    private final DeviceRuntime runtime = new DeviceRuntime(4);
    private final List<String> runs = new ArrayList<>();

    private Task periodic(String name, long periodMs) {
        return now -> {
            runs.add(name + "@" + now);
            return now + periodMs;
        };
    }

    private Task once(String name) {
        return now -> {
            runs.add(name + "@" + now);
            return Task.NEVER;
        };
    }

    @Test
    void runsEveryTaskInTheFirstTurnInTheOrderOfAdding() {
        runtime.add(periodic("a", 10));
        runtime.add(once("b"));
        assertEquals(1_010, runtime.turn(1_000));
        assertEquals(List.of("a@1000", "b@1000"), runs);
    }

    @Test
    void runsOnlyWhatIsDueAndReturnsTheEarliestDeadline() {
        runtime.add(periodic("a", 10));
        runtime.add(periodic("b", 25));
        runtime.turn(0);
        runs.clear();
        assertEquals(10, runtime.turn(9));
        assertEquals(20, runtime.turn(10));
        assertEquals(25, runtime.turn(20));
        assertEquals(30, runtime.turn(25));
        assertEquals(List.of("a@10", "a@20", "b@25"), runs);
    }

    @Test
    void withNothingToWaitForTheDeadlineIsNever() {
        runtime.add(once("a"));
        assertEquals(Task.NEVER, runtime.turn(0));
        assertEquals(Task.NEVER, runtime.turn(Long.MAX_VALUE - 1));
        assertEquals(Task.NEVER, new DeviceRuntime(1).turn(5));
    }

    @Test
    void aTurnEndsThoughATaskAlwaysWantsToRunAgain() {
        runtime.add(periodic("greedy", 0));
        runtime.add(now -> now - 1_000);
        assertEquals(7, runtime.turn(7));
        assertEquals(List.of("greedy@7"), runs);
    }

    @Test
    void aWokenTaskRunsWhateverItWaitsForAndOnlyOnce() {
        runtime.add(once("a"));
        int b = runtime.add(once("b"));
        runtime.turn(0);
        runs.clear();
        runtime.wake(b);
        runtime.wake(b);
        assertEquals(Task.NEVER, runtime.turn(5));
        runtime.turn(6);
        assertEquals(List.of("b@5"), runs);
    }

    @Test
    void aTaskWokenByAnEarlierOneRunsInTheSameTurn() {
        Task later = once("later");
        runtime.add(now -> {
            runtime.wake(later);
            return Task.NEVER;
        });
        runtime.add(later);
        runtime.turn(0);
        runtime.wakeAll();
        runs.clear();
        assertEquals(Task.NEVER, runtime.turn(1));
        assertEquals(List.of("later@1"), runs);
    }

    @Test
    void aTaskWokenByALaterOneMakesTheNextTurnDueAtOnce() {
        Task earlier = once("earlier");
        runtime.add(earlier);
        int waker = runtime.add(now -> {
            if (now == 1) {
                runtime.wake(earlier);
            }
            return Task.NEVER;
        });
        runtime.turn(0);
        runtime.wake(waker);
        assertEquals(1, runtime.turn(1));
        assertEquals(Task.NEVER, runtime.turn(1));
        assertEquals(List.of("earlier@0", "earlier@1"), runs);
    }

    @Test
    void aTaskThatWakesItselfRunsAgainInTheNextTurn() {
        int[] left = {2};
        Task[] self = new Task[1];
        self[0] = now -> {
            runs.add("self");
            if (--left[0] > 0) {
                runtime.wake(self[0]);
            }
            return Task.NEVER;
        };
        runtime.add(self[0]);
        assertEquals(3, runtime.turn(3));
        assertEquals(Task.NEVER, runtime.turn(3));
        assertEquals(2, runs.size());
    }

    @Test
    void aPollingTaskRunsInEveryTurnAndItsDeadlineCounts() {
        runtime.addPolling(now -> {
            runs.add("link@" + now);
            return 100;
        });
        runtime.add(once("b"));
        assertEquals(100, runtime.turn(0));
        assertEquals(100, runtime.turn(3));
        assertEquals(List.of("link@0", "b@0", "link@3"), runs);
        assertEquals(Status.BUSY, fullRuntime().addPolling(once("c")));
    }

    private DeviceRuntime fullRuntime() {
        DeviceRuntime full = new DeviceRuntime(1);
        full.add(once("x"));
        return full;
    }

    @Test
    void aLeapOfTimeRunsATaskOnceNotOnceForEachPeriodMissed() {
        runtime.add(periodic("a", 10));
        runtime.turn(0);
        assertEquals((1L << 32) + 10, runtime.turn(1L << 32));
        assertEquals(2, runs.size());
    }

    @Test
    void refusesMoreTasksThanPlacesAndIgnoresUnknownNumbers() {
        DeviceRuntime one = new DeviceRuntime(1);
        assertEquals(0, one.add(once("a")));
        assertEquals(Status.BUSY, one.add(once("b")));
        one.turn(0);
        one.wake(1);
        one.wake(-1);
        one.wake(once("stranger"));
        assertEquals(Task.NEVER, one.turn(1));
        assertThrows(IllegalArgumentException.class, () -> new DeviceRuntime(0));
        assertThrows(IllegalArgumentException.class, () -> new DeviceRuntime(DeviceRuntime.MAX_TASKS + 1));
    }
}

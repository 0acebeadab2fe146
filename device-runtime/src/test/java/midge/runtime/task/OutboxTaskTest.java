package midge.runtime.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class OutboxTaskTest {
    private final DeviceRuntime runtime = new DeviceRuntime(1);
    private final FakeUplink uplink = new FakeUplink();
    private final RecordingListener listener = new RecordingListener();
    private final OutboxTask task = new OutboxTask(runtime, new RamOutbox(3, 8), uplink, listener, 100);
    private long nowMs = 5_000;

    OutboxTaskTest() {
        runtime.add(task);
    }

    private int accept(String payload) {
        return accept(2, payload);
    }

    private int accept(int topic, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        return task.accept(topic, bytes, 0, bytes.length, 1, nowMs);
    }

    private void confirm(int status) {
        task.onOutcome(uplink.lastToken(), status, nowMs);
    }

    @Test
    void publishesInOrderOneAtATimeAndAtALimitedRate() {
        accept("a");
        accept("b");
        assertEquals(Task.NEVER, runtime.turn(nowMs), "nothing to do until a is confirmed");
        nowMs += 10;
        confirm(Status.OK);
        assertEquals(5_100, runtime.turn(nowMs), "b waits for its turn");
        nowMs = 5_100;
        runtime.turn(nowMs);
        confirm(Status.OK);
        assertEquals(List.of("2:a@5000", "2:b@5100"), uplink.published);
        assertEquals(Map.of(0, 0, 1, 0), listener.outcomes);
        assertTrue(task.empty());
        assertEquals(2, task.delivered());
    }

    @Test
    void waitsWithoutAConnectionAndGoesOnWhenWoken() {
        uplink.ready = false;
        accept("a");
        assertEquals(Task.NEVER, runtime.turn(nowMs));
        uplink.ready = true;
        runtime.wake(task);
        runtime.turn(nowMs);
        assertEquals(List.of("2:a@5000"), uplink.published);
    }

    @Test
    void whenFullTheOldestIsDroppedAndReported() {
        uplink.ready = false;
        for (String payload : List.of("a", "b", "c", "d")) {
            assertTrue(accept(payload) >= 0);
        }
        assertEquals(Map.of(0, Outcome.DROPPED), listener.outcomes);
        assertEquals(1, task.dropped());
        uplink.ready = true;
        runtime.turn(nowMs);
        assertEquals(List.of("2:b@5000"), uplink.published);
    }

    @Test
    void whenFullTheOldestOfTheLeastImportantIsDropped() {
        assertEquals(Status.OK, task.priority(1, 1));
        assertEquals(Status.OK, task.priority(3, -1));
        assertEquals(Status.INVALID, task.priority(ReadingSink.MAX_TOPICS, 0));
        assertEquals(Status.INVALID, task.priority(1, 128));
        uplink.ready = false;
        accept(1, "alarm");
        accept(2, "a");
        accept(2, "b");
        assertEquals(3, accept(2, "c"));
        assertEquals(Map.of(1, Outcome.DROPPED), listener.outcomes);
        assertEquals(4, accept(1, "alarm2"));
        assertEquals(Status.BUSY, accept(3, "chatter"));
        assertEquals(5, accept(1, "alarm3"));
        assertEquals(Status.BUSY, accept(2, "d"));
        assertEquals(3, task.dropped());
        uplink.ready = true;
        runtime.wake(task);
        runtime.turn(nowMs);
        assertEquals(6, accept(1, "alarm4"));
        for (nowMs = 5_100; nowMs <= 5_200; nowMs += 100) {
            confirm(Status.OK);
            runtime.turn(nowMs);
        }
        assertEquals(List.of("1:alarm@5000", "1:alarm3@5100", "1:alarm4@5200"), uplink.published);
    }

    @Test
    void theMessageUnderWayIsNotTheOneDropped() {
        accept("a");
        runtime.turn(nowMs);
        for (String payload : List.of("b", "c", "d")) {
            assertTrue(accept(payload) >= 0);
        }
        assertEquals(Map.of(1, Outcome.DROPPED), listener.outcomes);
        confirm(Status.OK);
        assertEquals(Map.of(1, Outcome.DROPPED, 0, Outcome.DELIVERED), listener.outcomes);
        nowMs += 100;
        runtime.turn(nowMs);
        assertEquals(List.of("2:a@5000", "2:c@5100"), uplink.published);
    }

    @Test
    void anOutboxOfOneRefusesWhileItsMessageIsUnderWay() {
        DeviceRuntime own = new DeviceRuntime(1);
        OutboxTask one = new OutboxTask(own, new RamOutbox(1, 8), uplink, listener, 0);
        own.add(one);
        assertEquals(0, one.accept(2, new byte[1], 0, 1, 1, nowMs));
        own.turn(nowMs);
        assertEquals(Status.BUSY, one.accept(2, new byte[1], 0, 1, 1, nowMs));
        assertEquals(1, one.depth());
    }

    @Test
    void aMessageThatBrokeOffIsPublishedAgain() {
        accept("a");
        runtime.turn(nowMs);
        confirm(Status.NOT_CONNECTED);
        nowMs += 100;
        runtime.turn(nowMs);
        assertEquals(List.of("2:a@5000", "2:a@5100"), uplink.published);
        assertEquals(1, task.repeated());
        confirm(Status.OK);
        assertEquals(Map.of(0, 0), listener.outcomes);
    }

    @Test
    void aRejectedMessageDoesNotHoldUpTheOthers() {
        accept("a");
        accept("b");
        runtime.turn(nowMs);
        confirm(Outcome.REJECTED);
        nowMs += 100;
        runtime.turn(nowMs);
        assertEquals(List.of("2:a@5000", "2:b@5100"), uplink.published);
        assertEquals(1, task.rejected());
        assertEquals(Map.of(0, Outcome.REJECTED), listener.outcomes);
    }

    @Test
    void aMessageThatTheUplinkCanNeverTakeIsRejectedAtOnce() {
        accept("a");
        accept("b");
        uplink.refusal = Status.TOO_LARGE;
        assertEquals(nowMs, runtime.turn(nowMs));
        runtime.turn(nowMs);
        assertEquals(Map.of(0, Outcome.REJECTED, 1, Outcome.REJECTED), listener.outcomes);
    }

    @Test
    void aBusyUplinkIsAskedAgainLater() {
        accept("a");
        uplink.refusal = Status.BUSY;
        assertEquals(6_000, runtime.turn(nowMs));
        uplink.refusal = 0;
        assertEquals(Task.NEVER, runtime.turn(6_000));
        assertEquals(List.of("2:a@6000"), uplink.published);
    }

    @Test
    void outcomesOfOthersAreCountedAsStrays() {
        task.onOutcome(500, Status.OK, nowMs);
        task.onOutcome(-1, Status.OK, nowMs);
        accept("a");
        runtime.turn(nowMs);
        task.onOutcome(7, Status.OK, nowMs);
        confirm(Status.OK);
        confirm(Status.OK);
        assertEquals(4, task.strays());
        assertEquals(1, task.delivered());
    }

    @Test
    void refusesWhatItCannotKeep() {
        assertEquals(Status.TOO_LARGE, task.accept(0, new byte[9], 0, 9, 1, nowMs));
        assertEquals(Status.INVALID, task.accept(0, new byte[1], 0, 1, 3, nowMs));
        assertEquals(Status.INVALID, task.accept(0, new byte[1], 0, 1, -1, nowMs));
        assertEquals(Status.INVALID, task.accept(ReadingSink.MAX_TOPICS, new byte[1], 0, 1, 1, nowMs));
        assertFalse(task.accepted() > 0);
    }
}

package midge.runtime.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import midge.hal.Hal;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class CommandTaskTest {
    private final DeviceRuntime runtime = new DeviceRuntime(1);
    private final FakeSwitch actuator = new FakeSwitch();
    private final RecordingSink sink = new RecordingSink();
    private final RecordingListener listener = new RecordingListener();
    private final CommandTask task = new CommandTask(runtime, actuator, sink, listener, 6, 1);

    CommandTaskTest() {
        runtime.add(task);
    }

    private int command(String text) {
        byte[] bytes = (">" + text + "<").getBytes(StandardCharsets.US_ASCII);
        return task.onCommand(bytes, 1, text.length());
    }

    @Test
    void publishesItsStateOnceAtTheStartAndAfterEachCommand() {
        assertEquals(Task.NEVER, runtime.turn(0));
        runtime.turn(1);
        assertEquals(Hal.OK, command("1"));
        assertFalse(task.idle());
        runtime.turn(2);
        assertTrue(task.idle());
        assertEquals(List.of("6:0 qos1", "6:1 qos1"), sink.messages);
        assertEquals(List.of("published 6 #0 0", "published 6 #1 1"), listener.events);
        assertEquals(1, task.commands());
    }

    @Test
    void aCommandThatMeansNothingIsCountedAndTheStateToldAllTheSame() {
        runtime.turn(0);
        assertEquals(Hal.INVALID, command("perhaps"));
        runtime.turn(1);
        assertEquals(1, task.invalid());
        assertEquals(0, task.commands());
        assertEquals(List.of("6:0 qos1", "6:0 qos1"), sink.messages);
    }

    @Test
    void aFailingActuatorIsCountedWithItsCode() {
        actuator.failure = Hal.GONE;
        assertEquals(Hal.GONE, command("1"));
        assertEquals(1, task.failures());
        assertEquals(Hal.GONE, task.lastFailure());
        runtime.turn(0);
        assertEquals(List.of("6:0 qos1"), sink.messages);
    }

    @Test
    void severalCommandsBeforeATurnGiveOneState() {
        command("1");
        command("0");
        command("1");
        runtime.turn(0);
        assertEquals(3, task.commands());
        assertEquals(List.of("6:1 qos1"), sink.messages);
    }

    @Test
    void aRefusedStateIsOfferedAgain() {
        sink.refusal = Status.BUSY;
        long again = runtime.turn(1_000);
        assertEquals(List.of("refused 6 " + Status.BUSY), listener.events);
        sink.refusal = 0;
        runtime.turn(again);
        assertEquals(List.of("6:0 qos1"), sink.messages);
    }

    @Test
    void withoutAStateTopicItObeysInSilence() {
        CommandTask silent = new CommandTask(runtime, actuator, sink, listener, CommandTask.NO_TOPIC, 1);
        silent.onCommand(new byte[] {'1'}, 0, 1);
        assertEquals(Task.NEVER, silent.run(0));
        assertTrue(silent.idle());
        assertEquals(1, actuator.value());
        assertEquals(List.of(), sink.messages);
    }
}

package midge.board;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import midge.hal.Hal;
import midge.runtime.task.CommandTask;
import midge.runtime.task.MessageHandler;

/** Gives commands to their actuator, and tells a person of those that it did not carry out. */
final class Heard implements MessageHandler {
    private static final int MOST_TEXT = 40;

    private final Obedience obedience;
    private final CommandTask task;
    private final Consumer<String> says;

    Heard(Obedience obedience, CommandTask task, Consumer<String> says) {
        this.obedience = obedience;
        this.task = task;
        this.says = says;
    }

    @Override
    public void onMessage(
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] payload,
            int offset,
            int length,
            boolean retained,
            long nowMs) {
        int status = task.onCommand(payload, offset, length);
        if (status == Hal.INVALID) {
            String text = new String(payload, offset, Math.min(length, MOST_TEXT), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}", "?");
            says.accept("actuator " + obedience.name() + " does not understand \"" + text + "\"");
        } else if (status < 0) {
            says.accept("actuator " + obedience.name() + " fails: " + Troubles.sentence(status));
        }
    }
}

package midge.sim.check;

import org.jspecify.annotations.Nullable;

/** A topic id stands for one name, that of its own client, on both sides, also after a crash of the gateway. */
public final class TopicsMean extends Checker {
    @Override
    public String promise() {
        return "a message comes out under the topic name and client that it went in under";
    }

    @Override
    public void onArrived(String clientId, String topic, String payload, @Nullable Reading reading) {
        if (reading == null) {
            return;
        }
        if (!reading.topic().equals(topic)) {
            throw broken(reading + " belongs on " + reading.topic() + " and came out on " + topic);
        }
        if (!reading.device().name().equals(clientId)) {
            throw broken(reading + " came out under the client id " + clientId);
        }
    }

    @Override
    public void onHeard(DeviceFacts device, String topic, String payload, @Nullable Command command) {
        if (command != null && !command.topic().equals(topic)) {
            throw broken(command + " belongs on " + command.topic() + " and came out on " + topic);
        }
        if (command != null && command.device() != device) {
            throw broken(command + " was heard by " + device);
        }
    }
}

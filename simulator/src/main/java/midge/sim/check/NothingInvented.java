package midge.sim.check;

import org.jspecify.annotations.Nullable;

/** Octets come out as they went in. */
public final class NothingInvented extends Checker {
    @Override
    public String promise() {
        return "no message comes out that nobody published";
    }

    @Override
    public void onArrived(String clientId, String topic, String payload, @Nullable Reading reading) {
        if (reading == null) {
            throw broken(
                    "nobody published \"" + payload + "\", which " + clientId + " brought to the broker on " + topic);
        }
    }

    @Override
    public void onHeard(DeviceFacts device, String topic, String payload, @Nullable Command command) {
        if (command == null) {
            throw broken(device + " heard \"" + payload + "\" on " + topic + ", which nobody sent");
        }
    }
}

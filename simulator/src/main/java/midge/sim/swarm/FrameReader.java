package midge.sim.swarm;

import java.util.List;
import java.util.function.Consumer;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnType;
import midge.sim.check.RadioFrame;
import midge.sim.net.FrameTap;
import org.jspecify.annotations.Nullable;

/** Reads each frame between a device and the gateway once. */
final class FrameReader implements FrameTap {
    /** A frame and its fate, as {@link FrameTap} names it. */
    record Seen(int fate, RadioFrame frame) {}

    private final int gatewayNode;
    private final List<SwarmDevice> devices;
    private final Consumer<Seen> to;
    private final SnMessage message = new SnMessage();
    private final SnPublish publish = new SnPublish();

    FrameReader(int gatewayNode, List<SwarmDevice> devices, Consumer<Seen> to) {
        this.gatewayNode = gatewayNode;
        this.devices = devices;
        this.to = to;
    }

    @Override
    public void onFrame(int fate, long atMs, int fromNode, int toNode, byte[] frame, int offset, int length) {
        SwarmDevice device = device(fromNode == gatewayNode ? toNode : fromNode);
        if (device == null) {
            return;
        }
        int status = message.wrap(frame, offset, length);
        int type = status < 0 ? -1 : message.type();
        if (type == SnType.PUBLISH) {
            status = publish.wrap(frame, offset, length);
        }
        boolean up = toNode == gatewayNode;
        to.accept(
                new Seen(fate, new RadioFrame(fate == SENT, up, atMs, device, status, type, message, publish, frame)));
    }

    private @Nullable SwarmDevice device(int node) {
        for (SwarmDevice device : devices) {
            if (device.node() == node) {
                return device;
            }
        }
        return null;
    }
}

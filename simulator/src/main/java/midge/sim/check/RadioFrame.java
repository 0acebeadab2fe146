package midge.sim.check;

import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnType;

/**
 * A frame between a device and the gateway, read once for all checkers.
 *
 * @param sent    true as it is put on air, false as it reaches its receiver
 * @param up      from the device to the gateway
 * @param status  0 when it is sound, else a negative number
 * @param type    a {@link SnType}, -1 when it has none
 * @param publish its fields, when it is a sound PUBLISH; valid during the call only
 * @param frame   the octets, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames
public record RadioFrame(
        boolean sent,
        boolean up,
        long atMs,
        DeviceFacts device,
        int status,
        int type,
        SnMessage message,
        SnPublish publish,
        byte[] frame) {
    /** {@return whether it is a sound frame of this type} */
    public boolean is(int wanted) {
        return status >= 0 && type == wanted;
    }

    /** {@return whether it is a sound PUBLISH at QoS 1 or 2} */
    public boolean isAcknowledgedPublish() {
        return is(SnType.PUBLISH) && publish.qos() > 0;
    }
}

package midge.mqttsn.codec;

import midge.wire.Status;

/** WILLMSG (§5.4.9) and WILLMSGUPD (§5.4.23): {@code |Length|MsgType|WillMsg…|}. The message may be empty. */
public final class SnWillMsg extends SnFlyweight {
    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        return status == Status.OK && !fits(type()) ? Status.MALFORMED : status;
    }

    private static boolean fits(int type) {
        return type == SnType.WILLMSG || type == SnType.WILLMSGUPD;
    }

    /** @return index of the will message */
    public int messageOffset() {
        return body();
    }

    /** @return octets of the will message, may be 0 */
    public int messageLength() {
        return end() - body();
    }

    /** @param type WILLMSG or WILLMSGUPD @return octets written, or a negative status */
    public static int encode(
            byte[] out, int at, int capacity, int type, byte[] message, int messageOffset, int messageLength) {
        if (!fits(type)) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, type, messageLength);
        if (body < 0) {
            return body;
        }
        System.arraycopy(message, messageOffset, out, body, messageLength);
        return body + messageLength - at;
    }
}

package midge.mqttsn.codec;

import midge.wire.Bytes;

/**
 * CONNECT, §5.4.4: {@code |Length|0x04|Flags|ProtocolId|Duration:2|ClientId…|}. An empty ClientId and a foreign ProtocolId are let
 * through, so that a gateway can answer them with a CONNACK.
 */
public final class SnConnect extends SnFlyweight {
    private static final int FLAGS = 0;
    private static final int PROTOCOL_ID = 1;
    private static final int DURATION = 2;
    private static final int CLIENT_ID = 4;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        return open(buffer, offset, length, SnType.CONNECT);
    }

    /** @return the Flags octet as it came; only Will and CleanSession count here */
    public int flags() {
        return u8(FLAGS);
    }

    /** @return whether the gateway is to ask for a will */
    public boolean will() {
        return (flags() & SnFlags.WILL) != 0;
    }

    /** @return whether subscriptions and will of earlier connections are to go */
    public boolean cleanSession() {
        return (flags() & SnFlags.CLEAN_SESSION) != 0;
    }

    /** @return 0x01 for version 1.2 */
    public int protocolId() {
        return u8(PROTOCOL_ID);
    }

    /** @return keep alive in seconds, 0..65535 */
    public int keepAliveS() {
        return u16(DURATION);
    }

    /** @return index of the ClientId */
    public int clientIdOffset() {
        return body() + CLIENT_ID;
    }

    /** @return octets of the ClientId, may be 0 */
    public int clientIdLength() {
        return end() - clientIdOffset();
    }

    /** @param flags {@link SnFlags#WILL} and {@link SnFlags#CLEAN_SESSION} @return octets written, or a negative status */
    public static int encode(
            byte[] out, int at, int capacity, int flags, int keepAliveS, byte[] id, int idOffset, int idLength) {
        int body = SnHeader.put(out, at, capacity, SnType.CONNECT, CLIENT_ID + idLength);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body + FLAGS, flags & (SnFlags.WILL | SnFlags.CLEAN_SESSION));
        Bytes.putU8(out, body + PROTOCOL_ID, SnProtocol.V1_2.id());
        Bytes.putU16(out, body + DURATION, keepAliveS);
        System.arraycopy(id, idOffset, out, body + CLIENT_ID, idLength);
        return body + CLIENT_ID + idLength - at;
    }
}

package midge.mqttsn.codec;

import midge.wire.Status;

/**
 * PINGREQ (§5.4.19) {@code |Length|0x16|ClientId…|} and PINGRESP (§5.4.20) {@code |2|0x17|}. A ClientId in PINGREQ means "I was asleep
 * and I am listening now".
 */
public final class SnPing extends SnFlyweight {
    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        return status == Status.OK && type() != SnType.PINGREQ && type() != SnType.PINGRESP ? Status.MALFORMED : status;
    }

    /** @return index of the ClientId */
    public int clientIdOffset() {
        return body();
    }

    /** @return octets of the ClientId; 0 when there is none */
    public int clientIdLength() {
        return end() - body();
    }

    /** PINGREQ. @param idLength 0 for a keep-alive ping @return octets written, or a negative status */
    public static int encodeRequest(byte[] out, int at, int capacity, byte[] id, int idOffset, int idLength) {
        int body = SnHeader.put(out, at, capacity, SnType.PINGREQ, idLength);
        if (body < 0) {
            return body;
        }
        System.arraycopy(id, idOffset, out, body, idLength);
        return body + idLength - at;
    }

    /** PINGRESP. @return octets written, or a negative status */
    public static int encodeResponse(byte[] out, int at, int capacity) {
        int body = SnHeader.put(out, at, capacity, SnType.PINGRESP, 0);
        return body < 0 ? body : body - at;
    }
}

package midge.mqttsn.codec;

import midge.wire.Bytes;

/**
 * GWINFO, §5.4.3: {@code |Length|0x02|GwId|GwAdd…|}. The address is there only when a client answers for a gateway; it has no length
 * octet of its own and its format is the network's. On UDP: 4 or 16 octets of IP address, or 2 octets of port more.
 */
public final class SnGwInfo extends SnFlyweight {
    private static final int ADDRESS = 1;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        return open(buffer, offset, length, SnType.GWINFO);
    }

    /** @return the gateway's id, 0..255 */
    public int gwId() {
        return u8(0);
    }

    /** @return index of the gateway's address */
    public int addressOffset() {
        return body() + ADDRESS;
    }

    /** @return octets of the address; 0 when the gateway itself has sent this */
    public int addressLength() {
        return end() - addressOffset();
    }

    /** @param addressLength 0 from a gateway @return octets written, or a negative status */
    public static int encode(
            byte[] out, int at, int capacity, int gwId, byte[] address, int addressOffset, int addressLength) {
        int body = SnHeader.put(out, at, capacity, SnType.GWINFO, ADDRESS + addressLength);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body, gwId);
        System.arraycopy(address, addressOffset, out, body + ADDRESS, addressLength);
        return body + ADDRESS + addressLength - at;
    }
}

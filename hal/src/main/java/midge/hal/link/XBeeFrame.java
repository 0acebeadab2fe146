package midge.hal.link;

/** Frame data of the XBee API: the types that a datagram link needs, and their fields. Addresses are 64 bits, high octet first. */
public final class XBeeFrame {
    /** Host to module: ask or set a parameter. */
    public static final int AT_COMMAND = 0x08;
    /** Host to module: send over the radio. */
    public static final int TRANSMIT = 0x10;
    /** Module to host: answer to {@link #AT_COMMAND}. */
    public static final int AT_RESPONSE = 0x88;
    /** Module to host: it was reset, it joined, it left. */
    public static final int MODEM_STATUS = 0x8A;
    /** Module to host: how a {@link #TRANSMIT} went. */
    public static final int TRANSMIT_STATUS = 0x8B;
    /** Module to host: somebody sent. */
    public static final int RECEIVE = 0x90;

    /** Destination: everyone in the network. */
    public static final long BROADCAST = 0xFFFFL;
    /** Destination: the network's coordinator. */
    public static final long COORDINATOR = 0;

    /** Octets of a {@link #TRANSMIT} before its payload. */
    public static final int TRANSMIT_HEADER = 14;
    /** Octets of a {@link #RECEIVE} before its payload. */
    public static final int RECEIVE_HEADER = 12;

    private static final int UNKNOWN_SHORT_ADDRESS = 0xFFFE;

    private XBeeFrame() {}

    /**
     * Writes the head of a {@link #TRANSMIT}; the payload follows at {@code at + TRANSMIT_HEADER}. Radius and options are 0: as far as
     * the network reaches, with retries.
     *
     * @param frameId 1..255, comes back in the status; 0 for no status
     */
    public static void putTransmit(byte[] out, int at, int frameId, long destination) {
        out[at] = TRANSMIT;
        out[at + 1] = (byte) frameId;
        putAddress(out, at + 2, destination);
        out[at + 10] = (byte) (UNKNOWN_SHORT_ADDRESS >> 8);
        out[at + 11] = (byte) UNKNOWN_SHORT_ADDRESS;
        out[at + 12] = 0;
        out[at + 13] = 0;
    }

    /** Writes a query of a parameter, such as {@code 'N', 'P'}. @return its length */
    public static int putQuery(byte[] out, int at, int frameId, char first, char second) {
        out[at] = AT_COMMAND;
        out[at + 1] = (byte) frameId;
        out[at + 2] = (byte) first;
        out[at + 3] = (byte) second;
        return 4;
    }

    /** @return the 64-bit address in eight octets from {@code at} */
    public static long address(byte[] frame, int at) {
        long address = 0;
        for (int i = 0; i < 8; i++) {
            address = address << 8 | (frame[at + i] & 0xFF);
        }
        return address;
    }

    private static void putAddress(byte[] out, int at, long address) {
        for (int i = 0; i < 8; i++) {
            out[at + i] = (byte) (address >> 56 - 8 * i);
        }
    }
}

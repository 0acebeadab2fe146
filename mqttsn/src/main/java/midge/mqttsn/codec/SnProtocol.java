package midge.mqttsn.codec;

/** The message types that one protocol version has, and how many octets may follow the type in each. Immutable. */
public final class SnProtocol {
    private static final int ANY = 0xFFFF;
    private static final int NONE = -1;

    /** MQTT-SN 1.2: type, least body, greatest body, a body length between them that is forbidden (§5.4). */
    public static final SnProtocol V1_2 = new SnProtocol(0x01, new int[] {
        SnType.ADVERTISE, 3, 3, NONE,
        SnType.SEARCHGW, 1, 1, NONE,
        SnType.GWINFO, 1, ANY, NONE,
        SnType.CONNECT, 4, ANY, NONE,
        SnType.CONNACK, 1, 1, NONE,
        SnType.WILLTOPICREQ, 0, 0, NONE,
        SnType.WILLTOPIC, 0, ANY, 1,
        SnType.WILLMSGREQ, 0, 0, NONE,
        SnType.WILLMSG, 0, ANY, NONE,
        SnType.REGISTER, 5, ANY, NONE,
        SnType.REGACK, 5, 5, NONE,
        SnType.PUBLISH, 5, ANY, NONE,
        SnType.PUBACK, 5, 5, NONE,
        SnType.PUBCOMP, 2, 2, NONE,
        SnType.PUBREC, 2, 2, NONE,
        SnType.PUBREL, 2, 2, NONE,
        SnType.SUBSCRIBE, 4, ANY, NONE,
        SnType.SUBACK, 6, 6, NONE,
        SnType.UNSUBSCRIBE, 4, ANY, NONE,
        SnType.UNSUBACK, 2, 2, NONE,
        SnType.PINGREQ, 0, ANY, NONE,
        SnType.PINGRESP, 0, 0, NONE,
        SnType.DISCONNECT, 0, 2, 1,
        SnType.WILLTOPICUPD, 0, ANY, 1,
        SnType.WILLTOPICRESP, 1, 1, NONE,
        SnType.WILLMSGUPD, 0, ANY, NONE,
        SnType.WILLMSGRESP, 1, 1, NONE,
    });

    private static final int COLUMNS = 4;

    private final int id;
    private final int[] rows;
    private final byte[] rowOfType = new byte[256];

    /**
     * @param id the ProtocolId of this version, in CONNECT
     * @param rows four numbers a type, in the order given at {@link #V1_2}; kept, not copied
     */
    public SnProtocol(int id, int[] rows) {
        this.id = id;
        this.rows = rows;
        for (int type = 0; type < rowOfType.length; type++) {
            rowOfType[type] = NONE;
        }
        for (int row = 0; row * COLUMNS < rows.length; row++) {
            rowOfType[rows[row * COLUMNS]] = (byte) row;
        }
    }

    /** @return the ProtocolId that CONNECT carries */
    public int id() {
        return id;
    }

    /** @param type 0..255 @return false for a reserved type, and for the forwarder's envelope, which is not a message of its own */
    public boolean has(int type) {
        return rowOfType[type] != NONE;
    }

    /** @return whether a message of {@code type} may have {@code bodyLength} octets behind its type; false for a reserved type */
    public boolean allows(int type, int bodyLength) {
        if (!has(type)) {
            return false;
        }
        int row = rowOfType[type] * COLUMNS;
        return bodyLength >= rows[row + 1] && bodyLength <= rows[row + 2] && bodyLength != rows[row + 3];
    }
}

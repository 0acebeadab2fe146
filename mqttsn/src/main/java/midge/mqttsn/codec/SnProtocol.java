package midge.mqttsn.codec;

/** The message types that one protocol version has, and how many octets may follow the type in each. Immutable. */
public final class SnProtocol {
    private static final int ANY = 0xFFFF;
    private static final int NONE = -1;
    private static final int LEAST = 1;
    private static final int GREATEST = 2;
    private static final int FORBIDDEN = 3;
    private static final int MSG_ID = 4;
    private static final int TOPIC_ID = 5;
    private static final int RETURN_CODE = 6;

    /**
     * MQTT-SN 1.2 (§5.4). A row has the type, the least and the greatest length of its body, a length between them that is forbidden, and
     * where in the body MsgId, TopicId and ReturnCode stand.
     */
    public static final SnProtocol V1_2 = new SnProtocol(0x01, new int[] {
        SnType.ADVERTISE, 3, 3, NONE, NONE, NONE, NONE,
        SnType.SEARCHGW, 1, 1, NONE, NONE, NONE, NONE,
        SnType.GWINFO, 1, ANY, NONE, NONE, NONE, NONE,
        SnType.CONNECT, 4, ANY, NONE, NONE, NONE, NONE,
        SnType.CONNACK, 1, 1, NONE, NONE, NONE, 0,
        SnType.WILLTOPICREQ, 0, 0, NONE, NONE, NONE, NONE,
        SnType.WILLTOPIC, 0, ANY, 1, NONE, NONE, NONE,
        SnType.WILLMSGREQ, 0, 0, NONE, NONE, NONE, NONE,
        SnType.WILLMSG, 0, ANY, NONE, NONE, NONE, NONE,
        SnType.REGISTER, 5, ANY, NONE, 2, 0, NONE,
        SnType.REGACK, 5, 5, NONE, 2, 0, 4,
        SnType.PUBLISH, 5, ANY, NONE, 3, 1, NONE,
        SnType.PUBACK, 5, 5, NONE, 2, 0, 4,
        SnType.PUBCOMP, 2, 2, NONE, 0, NONE, NONE,
        SnType.PUBREC, 2, 2, NONE, 0, NONE, NONE,
        SnType.PUBREL, 2, 2, NONE, 0, NONE, NONE,
        SnType.SUBSCRIBE, 4, ANY, NONE, 1, NONE, NONE,
        SnType.SUBACK, 6, 6, NONE, 3, 1, 5,
        SnType.UNSUBSCRIBE, 4, ANY, NONE, 1, NONE, NONE,
        SnType.UNSUBACK, 2, 2, NONE, 0, NONE, NONE,
        SnType.PINGREQ, 0, ANY, NONE, NONE, NONE, NONE,
        SnType.PINGRESP, 0, 0, NONE, NONE, NONE, NONE,
        SnType.DISCONNECT, 0, 2, 1, NONE, NONE, NONE,
        SnType.WILLTOPICUPD, 0, ANY, 1, NONE, NONE, NONE,
        SnType.WILLTOPICRESP, 1, 1, NONE, NONE, NONE, 0,
        SnType.WILLMSGUPD, 0, ANY, NONE, NONE, NONE, NONE,
        SnType.WILLMSGRESP, 1, 1, NONE, NONE, NONE, 0,
    });

    private static final int COLUMNS = 7;

    private final int id;
    private final int[] rows;
    private final byte[] rowOfType = new byte[256];

    /**
     * @param id the ProtocolId of this version, in CONNECT
     * @param rows seven numbers a type, in the order given at {@link #V1_2}; kept, not copied
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
        return bodyLength >= rows[row + LEAST]
                && bodyLength <= rows[row + GREATEST]
                && bodyLength != rows[row + FORBIDDEN];
    }

    /** @param type one that {@link #has} @return where in the body its MsgId stands; -1 when it has none */
    int msgIdAt(int type) {
        return rows[rowOfType[type] * COLUMNS + MSG_ID];
    }

    /** @param type one that {@link #has} @return where in the body its TopicId stands; -1 when it has none at a fixed place */
    int topicIdAt(int type) {
        return rows[rowOfType[type] * COLUMNS + TOPIC_ID];
    }

    /** @param type one that {@link #has} @return where in the body its ReturnCode stands; -1 when it has none */
    int returnCodeAt(int type) {
        return rows[rowOfType[type] * COLUMNS + RETURN_CODE];
    }
}

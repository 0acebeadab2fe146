package midge.gateway.flow;

/** How a subscription is noted in a session's list: {@code |pre-defined id:16|by pre-defined id:1|QoS:2|} in one number. */
final class Subscriptions {
    private static final int QOS = 0x03;
    private static final int PREDEFINED = 0x04;
    private static final int ID_SHIFT = 3;

    private Subscriptions() {}

    /** @param predefinedId 0 when the client subscribed by name */
    static int tag(int qos, int predefinedId) {
        return predefinedId == 0 ? qos : qos | PREDEFINED | predefinedId << ID_SHIFT;
    }

    static int qos(int tag) {
        return tag & QOS;
    }

    /** @return the pre-defined id that the client subscribed by, 0: by name */
    static int predefinedId(int tag) {
        return (tag & PREDEFINED) == 0 ? 0 : tag >> ID_SHIFT;
    }
}

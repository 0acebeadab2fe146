package midge.gateway.flow;

import midge.gateway.table.BlockPool;

/** One QoS 1 or 2 message from a client on its way to the broker. Objects are kept and used again. */
final class Exchange {
    /** Accepted while the broker was away. */
    static final int UNSENT = 0;
    /** Awaits PUBACK or PUBREC of the broker. */
    static final int SENT = 1;
    /** The broker has it; awaits PUBREL of the client. */
    static final int RECEIVED = 2;
    /** Awaits PUBCOMP of the broker. */
    static final int RELEASED = 3;

    /** Known from the process before: the client sends its contents again, or PUBREL. */
    static final int AWAITED = 4;

    int stage;
    int msgId;
    int topicId;
    int qos;
    int packetId;
    int hash;
    /** The encoded MQTT PUBLISH, to be sent again after a reconnect; given back when the broker has it. */
    int chain = BlockPool.NONE;

    int length;
    /** Whether the client still waits for the end; false when it connected anew and has not come back to it. */
    boolean attached;
    /** The client gave up what was {@link #AWAITED}: its end does not show that the broker had it. */
    boolean doubtful;
    /** Whether the client fell asleep since it last asked: it must not be sent to. */
    boolean muted;
}

package midge.gateway.flow;

/**
 * Types of records in the journal. All begin with the session's number, four octets. A text is two octets of length and its octets.
 */
final class RecordKind {
    /**
     * {@code |client id: text|state:1|sleep s:2|CONNECT flags:1|keep alive s:2|connection bits:1|id base:2|MsgIds in use up to:2|has
     * address:1|listener:2|address: text|node: text|}. With another client id than before, another client begins.
     */
    static final int SESSION = 1;
    /** The number is free. */
    static final int SESSION_END = 2;
    /** {@code |has will:1|flags:1|topic: text|message: text|}. */
    static final int WILL = 3;
    /** {@code |tag:4|name: text|}: a new topic gets the id after the last, an old one the tag. */
    static final int TOPIC = 4;
    /** {@code |id base:2|}: no topic has an id, and the next ones begin there. */
    static final int TOPICS_END = 5;
    /** {@code |tag:4|filter: text|}. */
    static final int SUBSCRIPTION = 6;
    /** As {@link #SUBSCRIPTION}; the filter is no longer subscribed. */
    static final int UNSUBSCRIPTION = 7;
    /** Subscriptions, will, exchanges and messages are forgotten. */
    static final int FORGET = 8;
    /** {@code |packet id:2|MsgId:2|topic id:2|hash:4|}: a QoS 2 message of the client is open at the broker. */
    static final int UP = 9;
    /** {@code |packet id:2|finished:1|}: it is over; finished if the broker has the message. */
    static final int UP_END = 10;
    /** {@code |key:4|packet id:2|MsgId:2|stage:1|}: a QoS 2 message is open at the client. */
    static final int DOWN = 11;
    /** {@code |key:4|QoS and Retain:1|seconds left:4|topic: text|payload: text|}: a message that the gateway alone has. */
    static final int KEEP = 12;
    /** {@code |key:4|packet id:2|}: the message is delivered or dropped. */
    static final int GONE = 13;

    /** {@code |MsgId:2|hash:4|}: a message that the broker has, known by its contents should it be repeated. */
    static final int FINISHED = 14;

    private RecordKind() {}
}

package midge.runtime.store;

/** The kinds of record in a {@link DeviceJournal}. Numbers are on storage: they keep their meaning for good. */
final class Fact {
    /** A message waits: |token:4|topic:1|QoS:1|stamp:8|payload…|. */
    static final int MESSAGE = 1;
    /** It does not wait any more: |token:4|. */
    static final int REMOVED = 2;
    /** A session has begun. */
    static final int SESSION = 3;
    /** There is no session. */
    static final int NO_SESSION = 4;
    /** The client has taken a message: |packet identifier:2|PUBLISH…|. */
    static final int PUT = 5;
    /** The client has taken a message of the outbox: |packet identifier:2|token:4|. */
    static final int HANDED = 6;
    /** PUBREC has come: |packet identifier:2|. */
    static final int RELEASED = 7;
    /** The exchange has ended, and with it the message of the outbox that was handed over: |packet identifier:2|. */
    static final int FINISHED = 8;
    /** An inbound QoS 2 message was delivered: |packet identifier:2|. */
    static final int RECEIVED = 9;
    /** PUBREL has come: |packet identifier:2|. */
    static final int FORGOTTEN = 10;

    private Fact() {}
}

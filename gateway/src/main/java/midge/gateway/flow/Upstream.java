package midge.gateway.flow;

/**
 * A client's way to the broker, as its procedures use it: a connection of its own ({@link BrokerLink}), or a share in one that all use
 * ({@link SharedLink}). What happens on it is told to its {@link LinkOwner}.
 */
public interface Upstream {
    /** The host opened the connection, if this one has a connection of its own. */
    default void onOpen(long nowMs) {}

    /** Octets came. */
    default void onBytes(byte[] octets, int offset, int length, long nowMs) {}

    /** The connection ended by itself. */
    default void onClosed(long nowMs) {}

    /** The host takes octets again. */
    default void onWritable(long nowMs) {}

    /** Opens it; one that is open is closed first as by a goodbye. */
    void open(long nowMs);

    /** Lets the broker forget this client. Tried once; nobody is told. */
    void purge(long nowMs);

    /** Lets the broker forget this client first, and opens it then; if that fails, the owner hears of a link that is down. */
    void openAnew(long nowMs);

    /** Opens it again after a pause. */
    void retry(long nowMs);

    /** The process before had it open: it is opened soon, at a moment drawn from {@code withinMs}, so that not all do at once. */
    void resume(int withinMs, long nowMs);

    /** @param goodbye whether the will is discarded; if not, the client is lost and it is published */
    void close(boolean goodbye, long nowMs);

    /** Says goodbye so that the session ends with it. @return whether it does; if not, see {@link #purge} */
    boolean closeAndForget(long nowMs);

    /** The client's subscriptions and exchanges are no longer its own. */
    default void forgetSession(long nowMs) {}

    /** @return what the broker allows */
    ServerLimits limits();

    /** @return MQTT protocol level */
    int version();

    /** @return whether the broker has accepted and packets may be sent */
    boolean isUp();

    /** @return whether there is no connection and none is being made or waited for */
    boolean isClosed();

    /** @return whether a PUBLISH of this size may be sent now */
    boolean hasRoom(int length);

    /** Sends one packet, which may be changed on the way. */
    void send(byte[] packet, int offset, int length, long nowMs);

    /** Sends PUBACK, PUBREC, PUBREL or PUBCOMP, when the connection is up; if not, the exchange is taken up again when it is. */
    void sendAck(int type, int packetId, long nowMs);

    /** The timer {@link Timers#LINK} ran out. */
    void onTimer(long nowMs);
}

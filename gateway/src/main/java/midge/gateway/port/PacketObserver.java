package midge.gateway.port;

/**
 * Sees each packet of the gateway, for a log, a trace or a checker. Every method does nothing by default. Arrays and peers are lent for
 * the time of the call; an observer must not call the core.
 */
public interface PacketObserver {
    /** Sees nothing. */
    PacketObserver NONE = new PacketObserver() {};

    /**
     * A well-formed MQTT-SN message came in, without its forwarder envelope.
     *
     * @param session the session that its address belongs to, or -1
     */
    default void fromClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {}

    /**
     * An MQTT-SN message goes out, without its forwarder envelope.
     *
     * @param session the session it is for, or -1
     */
    default void toClient(int session, Peer peer, byte[] frame, int offset, int length, long nowMs) {}

    /** A complete MQTT packet came from the broker, before it is judged. */
    default void fromBroker(int session, byte[] packet, int offset, int length, long nowMs) {}

    /** A complete MQTT packet goes to the broker (it may wait in the session's buffer for a while). */
    default void toBroker(int session, byte[] packet, int offset, int length, long nowMs) {}

    /** A session changed its state: constants of {@link SessionState}. */
    default void onState(int session, int from, int to, long nowMs) {}

    /**
     * The broker refused something, or ended the connection, and said why.
     *
     * @param session whose broker connection it is
     * @param packetType {@code MqttType} of the packet that says so: CONNACK, SUBACK, PUBACK, PUBREC, DISCONNECT
     * @param reasonCode an MQTT 5.0 reason code, also for 3.1.1
     * @param text holds the Reason String in {@code offset..offset+length-1}, UTF-8; lent for the call, empty when there is none
     */
    default void onBrokerRefusal(
            int session, int packetType, int reasonCode, byte[] text, int offset, int length, long nowMs) {}

    /** Something was dropped or refused: a constant of {@link GatewayCounters}; {@code session} may be -1. */
    default void onDropped(int session, int counter, long nowMs) {}
}

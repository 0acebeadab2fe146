package midge.gateway.port;

/**
 * What the core needs from the world. The host implements it over sockets, the simulator over its network.
 *
 * <p>None of these calls may call the core back: a host notes what happened and reports it after the core's call returned. Arrays and
 * peers are lent for the time of the call only.
 */
public interface GatewayPorts {
    /**
     * Sends one datagram. A full or broken link drops it without a word: MQTT-SN repeats what matters.
     *
     * @param to    the receiver; with address length 0 everyone on that listener. The node id is not the host's business: the frame is
     *              already in its forwarder envelope
     * @param frame holds the datagram in {@code offset..offset+length-1}
     */
    void sendDatagram(Peer to, byte[] frame, int offset, int length);

    /**
     * Begins to open the broker connection of a session. Ends in {@code GatewayCore.onBrokerOpen}, or in
     * {@code GatewayCore.onBrokerClosed} when it failed.
     *
     * @param session 0..{@code GatewayCore.links()}-1
     */
    void openBroker(int session);

    /**
     * As {@link #openBroker(int)}, where the gateway has several brokers of which it uses one after the other.
     *
     * @param broker 0.., the number of the broker in the order of the configuration
     */
    default void openBroker(int session, int broker) {
        openBroker(session);
    }

    /**
     * Offers octets to an open broker connection.
     *
     * @return how many were taken, 0..length. The core keeps the rest and offers it again after {@code GatewayCore.onBrokerWritable}, or
     *         after a moment when the host never calls that
     */
    int sendBroker(int session, byte[] octets, int offset, int length);

    /**
     * Closes a broker connection, open or still opening, after what was taken by {@link #sendBroker} is on its way. The host reports
     * nothing more about it, not even its end; {@link #openBroker} for the same session may follow at once.
     */
    void closeBroker(int session);
}

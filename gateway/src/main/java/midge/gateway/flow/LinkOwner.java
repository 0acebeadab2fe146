package midge.gateway.flow;

import midge.mqtt.codec.MqttConnectWriter;

/** Whom a broker connection serves, and tells what happens to it. */
interface LinkOwner {
    /**
     * Fills in client id, will and flags for the next CONNECT.
     *
     * @param purge whether it is only meant to delete the broker's session
     */
    void fillConnect(MqttConnectWriter connect, boolean purge);

    /** The broker has forgotten the client's session, as {@link Upstream#purge} asked. */
    default void onPurged() {}

    /** The client is lost, and its will is the gateway's to publish. */
    default void publishWill(Concentrator shared, long nowMs) {}

    /** The broker accepted. */
    void onLinkUp(boolean sessionPresent, long nowMs);

    /** The broker refused, with this reason code of MQTT 5.0 whatever the version; the connection is closed. */
    void onLinkRefused(int reason, long nowMs);

    /** The connection ended or could not be made; it is closed, and stays so unless the owner calls {@link BrokerLink#retry}. */
    void onLinkDown(long nowMs);

    /** A complete packet other than CONNACK and PINGRESP. @return false when it breaks the protocol */
    boolean onPacket(int type, byte[] packet, int offset, int length, long nowMs);

    /** The first octets of a packet that is too large to be taken whole. @return false when it breaks the protocol */
    boolean onOversized(int type, byte[] packet, int offset, int length, long nowMs);

    /** The connection takes packets again after it had been full. */
    void onLinkWritable(long nowMs);
}

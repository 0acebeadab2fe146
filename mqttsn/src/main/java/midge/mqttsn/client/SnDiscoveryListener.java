package midge.mqttsn.client;

/** What an {@link SnDiscovery} reports. */
public interface SnDiscoveryListener {
    /** A gateway is known that was not before, or was counted as lost. Ask {@link SnDiscovery#best} which one to use. */
    void onGateway(int gwId, long nowMs);

    /** A gateway has missed its advertisements and is off the list (§6.1). */
    void onGatewayGone(int gwId, long nowMs);
}

package midge.sim.check;

/** What waits in the gateway stays within bounds, and is gone when all is done. */
public final class GatewayBounded extends Checker {
    private final long octetsPerDevice;

    /**
     * @param octetsPerDevice the most that the gateway may hold for each
     */
    public GatewayBounded(long octetsPerDevice) {
        this.octetsPerDevice = octetsPerDevice;
    }

    @Override
    public String promise() {
        return "the gateway's queues and buffers are bounded, and empty in the end";
    }

    @Override
    public void onSecond(WorldFacts world) {
        long most = octetsPerDevice * world.devices().size();
        if (world.gatewayOctets() > most) {
            throw broken("the gateway holds " + world.gatewayOctets() + " octets, more than " + most);
        }
    }

    @Override
    public void atEnd(WorldFacts world) {
        if (world.gatewayOctets() > 0) {
            throw broken("the gateway still holds " + world.gatewayOctets() + " octets");
        }
    }
}

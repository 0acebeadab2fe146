package midge.sim.live;

import midge.gateway.net.GatewayLoop;
import midge.gateway.net.Listener;
import midge.gateway.port.Peer;
import midge.sim.net.SimNetwork;
import midge.sim.net.SimPort;

/** A gateway's dongle on a simulated radio. A peer's address is that of its node. */
public final class RadioListener implements Listener {
    private final SimNetwork network;
    private final SimPort port;
    private final GatewayLoop gateway;
    private final int number;
    private final Peer key = new Peer();
    private final byte[] address = new byte[Peer.MAX_ADDRESS];

    /** Joins the network. {@code number} is the listener's, as the gateway gave it. */
    public RadioListener(SimNetwork network, GatewayLoop gateway, int number) {
        this.network = network;
        this.gateway = gateway;
        this.number = number;
        port = network.port("gateway", this::onFrame);
    }

    /** {@return the gateway's node number on the network} */
    public int node() {
        return port.node();
    }

    private void onFrame(int fromNode, byte[] frame, int offset, int length) {
        byte[] from = network.address(fromNode);
        gateway.onDatagram(key.set(number, from, 0, from.length), frame, offset, length);
    }

    @Override
    public void send(Peer to, byte[] frame, int offset, int length) {
        int addressLength = to.address(address, 0);
        if (addressLength == 0) {
            port.send(SimPort.EVERYONE, frame, offset, length);
        } else {
            port.send(address, 0, addressLength, frame, offset, length);
        }
    }
}

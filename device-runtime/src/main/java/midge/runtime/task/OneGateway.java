package midge.runtime.task;

import midge.hal.link.DatagramLink;

/** The gateway of the link's configuration, and no other. */
final class OneGateway implements GatewayChoice {
    public int peer() {
        return DatagramLink.GATEWAY;
    }

    public int changes() {
        return 0;
    }

    public boolean take(byte[] octets, int length, int from, long nowMs) {
        return false;
    }

    public boolean review(boolean isLost, long nowMs) {
        return false;
    }

    public long turn(long nowMs) {
        return LinkTask.NEVER;
    }
}

package midge.hal.link;

import midge.hal.Hal;
import midge.hal.SerialPort;

/**
 * A datagram link through an XBee module in API mode: one MQTT-SN message is one radio payload, nothing added, as the Paho gateway
 * does it. The module is asked for its largest payload (NP); until it answers, and when it is restarted, {@link #SAFE_MTU} holds.
 *
 * <p>Peers are 64-bit addresses; as many as the constructor says are remembered, and the one heard longest ago gives way to a new one.
 * A module that reports a failed delivery is counted; sending again is the protocol's business.
 */
public final class XBeeLink implements AddressedLink {
    /** What every ZigBee module can carry (MQTT-SN 1.2 §7.4), octets. */
    public static final int SAFE_MTU = 60;

    private static final int QUERY_ID = 0x52;
    private static final int HARDWARE_RESET = 0;
    private static final int WATCHDOG_RESET = 1;

    private final XBeeFraming framing;
    private final FramedPort line;
    private final long gateway;
    private final byte[] frame;
    private final byte[] query = new byte[4];
    private final long[] addresses;
    private final int[] heardAt;
    private int known;
    private int hearing;
    private int mtu = SAFE_MTU;
    private boolean askForLimit = true;
    private int lastPeer = GATEWAY;
    private int frameId;
    private int droppedFrames;
    private int failedDeliveries;

    /**
     * @param framing its mtu bounds the payload: 14 octets less
     * @param gateway address of {@link #GATEWAY}; {@link XBeeFrame#COORDINATOR} when it is the network's coordinator
     * @param peers how many other addresses to remember, 0 or more
     */
    public XBeeLink(SerialPort port, XBeeFraming framing, long gateway, int peers) {
        this.framing = framing;
        this.line = new FramedPort(port, framing);
        this.gateway = gateway;
        this.frame = new byte[framing.mtu()];
        this.addresses = new long[peers];
        this.heardAt = new int[peers];
    }

    /** {@inheritDoc} It may change when the module has answered, or was restarted. */
    public int mtu() {
        int room = framing.mtu() - XBeeFrame.TRANSMIT_HEADER;
        return mtu < room ? mtu : room;
    }

    /** {@inheritDoc} {@link Hal#INVALID} also for a peer that the link has not given out. */
    public int send(int peer, byte[] payload, int offset, int length) {
        if (length < 1 || length > mtu() || peer < BROADCAST || peer > known) {
            return Hal.INVALID;
        }
        int status = askForLimit();
        if (status < 0) {
            return status;
        }
        long destination = peer == BROADCAST ? XBeeFrame.BROADCAST : peer == GATEWAY ? gateway : addresses[peer - 1];
        int id = frameId % 255 + 1;
        XBeeFrame.putTransmit(frame, 0, id, destination);
        System.arraycopy(payload, offset, frame, XBeeFrame.TRANSMIT_HEADER, length);
        int taken = line.send(frame, 0, XBeeFrame.TRANSMIT_HEADER + length);
        if (taken > 0) {
            frameId = id;
            return length;
        }
        return taken;
    }

    /** {@inheritDoc} */
    public int receive(byte[] into, int offset, int capacity) {
        int status = askForLimit();
        if (status < 0) {
            return status;
        }
        int length = line.receive();
        while (length > 0) {
            int payload = onFrame(framing.frame(), length);
            if (payload > capacity) {
                droppedFrames++;
            } else if (payload > 0) {
                System.arraycopy(framing.frame(), XBeeFrame.RECEIVE_HEADER, into, offset, payload);
                return payload;
            }
            length = line.receive();
        }
        return length;
    }

    /** {@inheritDoc} */
    public int lastPeer() {
        return lastPeer;
    }

    /** @return 64-bit address of a peer that the link has given out; {@link XBeeFrame#BROADCAST} for any other number */
    public long address(int peer) {
        if (peer == GATEWAY) {
            return gateway;
        }
        return peer > 0 && peer <= known ? addresses[peer - 1] : XBeeFrame.BROADCAST;
    }

    /** {@inheritDoc} It is the 64-bit address, highest octet first. */
    public int address(int peer, byte[] into, int offset) {
        if (peer < GATEWAY || peer > known) {
            return Hal.INVALID;
        }
        long address = address(peer);
        for (int i = ADDRESS_MAX - 1; i >= 0; i--) {
            into[offset + i] = (byte) address;
            address >>>= 8;
        }
        return ADDRESS_MAX;
    }

    /** {@inheritDoc} */
    public int peer(byte[] address, int offset, int length) {
        if (length != ADDRESS_MAX) {
            return Hal.INVALID;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (address[offset + i] & 0xFF);
        }
        int peer = peerOf(value);
        return peer >= GATEWAY ? peer : Hal.FULL;
    }

    /** @return whether part of a frame still waits for room in the port; call {@link #receive} or {@link #send} soon */
    public boolean sending() {
        return line.sending();
    }

    /** @return frames dropped so far, damaged, too large or of no known kind */
    public int droppedFrames() {
        return droppedFrames + line.droppedFrames();
    }

    /** @return transmissions that the module could not deliver */
    public int failedDeliveries() {
        return failedDeliveries;
    }

    /** The query goes before anything else, as soon as there is room for it. */
    private int askForLimit() {
        if (!askForLimit) {
            return Hal.OK;
        }
        int taken = line.send(query, 0, XBeeFrame.putQuery(query, 0, QUERY_ID, 'N', 'P'));
        askForLimit = taken == 0;
        return taken < 0 ? taken : Hal.OK;
    }

    /** @return length of the payload when the frame carries one for us, otherwise 0 */
    private int onFrame(byte[] data, int length) {
        int type = data[0] & 0xFF;
        if (type == XBeeFrame.RECEIVE && length > XBeeFrame.RECEIVE_HEADER) {
            lastPeer = peerOf(XBeeFrame.address(data, 1));
            if (lastPeer >= GATEWAY) {
                return length - XBeeFrame.RECEIVE_HEADER;
            }
            droppedFrames++;
        } else if (type == XBeeFrame.TRANSMIT_STATUS && length >= 7) {
            failedDeliveries += data[5] == 0 ? 0 : 1;
        } else if (type == XBeeFrame.AT_RESPONSE && length >= 7) {
            onLimit(data);
        } else if (type == XBeeFrame.MODEM_STATUS && length >= 2) {
            if (data[1] == HARDWARE_RESET || data[1] == WATCHDOG_RESET) {
                mtu = SAFE_MTU;
                askForLimit = true;
            }
        } else {
            droppedFrames++;
        }
        return 0;
    }

    /** |88|frame id|'N'|'P'|status|value:2|. */
    private void onLimit(byte[] data) {
        boolean ours = (data[1] & 0xFF) == QUERY_ID && data[2] == 'N' && data[3] == 'P' && data[4] == 0;
        int limit = (data[5] & 0xFF) << 8 | (data[6] & 0xFF);
        if (ours && limit > 0) {
            mtu = limit;
        }
    }

    /** @return the number of that address, newly given if need be; negative when no other peers are to be remembered */
    private int peerOf(long address) {
        if (address == gateway) {
            return GATEWAY;
        }
        int at = 0;
        while (at < known && addresses[at] != address) {
            at++;
        }
        if (at == known) {
            at = known < addresses.length ? known++ : longestSilent();
        }
        if (at < 0) {
            return Hal.FULL;
        }
        addresses[at] = address;
        heardAt[at] = ++hearing;
        return at + 1;
    }

    private int longestSilent() {
        int found = -1;
        for (int i = 0; i < known; i++) {
            if (found < 0 || heardAt[i] - heardAt[found] < 0) {
                found = i;
            }
        }
        return found;
    }
}

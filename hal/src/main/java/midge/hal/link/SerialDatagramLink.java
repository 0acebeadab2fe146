package midge.hal.link;

import midge.hal.Hal;
import midge.hal.SerialPort;

/**
 * A datagram link to the one peer at the other end of a serial line. Frames that are damaged on the way are dropped by the framing
 * and counted there; what is delivered is whole.
 */
public final class SerialDatagramLink implements DatagramLink {
    private final SerialFraming framing;
    private final FramedPort line;
    private int tooLargeForCaller;

    /** @param framing made for this line; its mtu is the link's */
    public SerialDatagramLink(SerialPort port, SerialFraming framing) {
        this.framing = framing;
        this.line = new FramedPort(port, framing);
    }

    /** {@inheritDoc} */
    public int mtu() {
        return framing.mtu();
    }

    /**
     * {@inheritDoc} A frame that the port takes only in part is kept and goes out with the next calls; until then the link is full.
     *
     * @param peer {@link #GATEWAY} or {@link #BROADCAST}, both the other end; otherwise {@link Hal#INVALID}
     */
    public int send(int peer, byte[] frame, int offset, int length) {
        if (peer != GATEWAY && peer != BROADCAST) {
            return Hal.INVALID;
        }
        return line.send(frame, offset, length);
    }

    /** {@inheritDoc} */
    public int receive(byte[] into, int offset, int capacity) {
        int length = line.receive();
        while (length > capacity) {
            tooLargeForCaller++;
            length = line.receive();
        }
        if (length > 0) {
            System.arraycopy(framing.frame(), 0, into, offset, length);
        }
        return length;
    }

    /** {@inheritDoc} */
    public int lastPeer() {
        return GATEWAY;
    }

    /** @return whether part of a frame still waits for room in the port; call {@link #receive} or {@link #send} soon */
    public boolean sending() {
        return line.sending();
    }

    /** @return frames dropped so far, for whatever reason */
    public int droppedFrames() {
        return tooLargeForCaller + line.droppedFrames();
    }
}

package midge.hal.link;

import midge.hal.Hal;
import midge.hal.SerialPort;

/**
 * A datagram link to the one peer at the other end of a serial line. Frames that are damaged on the way are dropped by the framing
 * and counted there; what is delivered is whole.
 */
public final class SerialDatagramLink implements DatagramLink {
    private static final int CHUNK = 64;

    private final SerialPort port;
    private final SerialFraming framing;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out;
    private int inAt;
    private int inEnd;
    private int outAt;
    private int outEnd;
    private int tooLargeForCaller;

    /** @param framing made for this line; its mtu is the link's */
    public SerialDatagramLink(SerialPort port, SerialFraming framing) {
        this.port = port;
        this.framing = framing;
        this.out = new byte[framing.encodedMost(framing.mtu())];
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
        int status = flush();
        if (status < 0) {
            return status;
        }
        if (outAt < outEnd) {
            return 0;
        }
        int encoded = framing.encode(frame, offset, length, out, 0, out.length);
        if (encoded < 0) {
            return encoded;
        }
        outAt = 0;
        outEnd = encoded;
        status = flush();
        return status < 0 ? status : length;
    }

    /** {@inheritDoc} */
    public int receive(byte[] into, int offset, int capacity) {
        int status = flush();
        while (status >= 0) {
            while (inAt < inEnd) {
                int length = framing.decode(in[inAt++]);
                if (length > capacity) {
                    tooLargeForCaller++;
                } else if (length > 0) {
                    System.arraycopy(framing.frame(), 0, into, offset, length);
                    return length;
                }
            }
            inAt = 0;
            inEnd = 0;
            status = port.read(in, 0, CHUNK);
            if (status == 0) {
                return 0;
            }
            inEnd = status > 0 ? status : 0;
        }
        return status;
    }

    /** {@inheritDoc} */
    public int lastPeer() {
        return GATEWAY;
    }

    /** @return whether part of a frame still waits for room in the port; call {@link #receive} or {@link #send} soon */
    public boolean sending() {
        return outAt < outEnd;
    }

    /** @return frames dropped so far, for whatever reason */
    public int droppedFrames() {
        return tooLargeForCaller + framing.oversizedFrames() + framing.malformedFrames() + framing.badChecksums();
    }

    private int flush() {
        while (outAt < outEnd) {
            int taken = port.write(out, outAt, outEnd - outAt);
            if (taken <= 0) {
                return taken;
            }
            outAt += taken;
        }
        return Hal.OK;
    }
}

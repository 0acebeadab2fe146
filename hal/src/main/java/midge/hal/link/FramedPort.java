package midge.hal.link;

import midge.hal.Hal;
import midge.hal.SerialPort;

/** Moves whole frames over a serial port that takes and gives octets as it likes. */
final class FramedPort {
    private static final int CHUNK = 64;

    private final SerialPort port;
    private final SerialFraming framing;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out;
    private int inAt;
    private int inEnd;
    private int outAt;
    private int outEnd;

    FramedPort(SerialPort port, SerialFraming framing) {
        this.port = port;
        this.framing = framing;
        this.out = new byte[framing.encodedMost(framing.mtu())];
    }

    /** @return {@code length} when the frame is taken, 0 when an earlier one still waits for room, or a negative code */
    int send(byte[] frame, int offset, int length) {
        int status = flush();
        if (status < 0 || sending()) {
            return status;
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

    /** @return length of the next frame, which is in the framing's array; 0 when none is complete; or a negative code */
    int receive() {
        int status = flush();
        while (status >= 0) {
            while (inAt < inEnd) {
                int length = framing.decode(in[inAt++]);
                if (length > 0) {
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

    boolean sending() {
        return outAt < outEnd;
    }

    int droppedFrames() {
        return framing.oversizedFrames() + framing.malformedFrames() + framing.badChecksums();
    }

    /** @return {@link Hal#OK}, whether or not all went out, or a negative code */
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

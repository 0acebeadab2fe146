package midge.sim.net;

import java.util.Arrays;
import midge.hal.link.HdlcFraming;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/**
 * A serial line that flips bits. A frame goes over it in the framing that devices and gateways use there, delimiters and check included; what
 * the receiver's decoder makes of it is what arrives.
 */
final class NoisyLine {
    private static final int FLAG = 0x7E;
    private static final int BITS = 8;

    private final HdlcFraming framing;
    private final byte[] wire;
    private final Prng prng;

    /** @param mtu largest frame */
    NoisyLine(int mtu, Prng prng) {
        this.prng = prng;
        framing = new HdlcFraming(mtu);
        wire = new byte[framing.encodedMost(mtu) + 1];
    }

    /**
     * Sends one frame over the line.
     *
     * @param errorsPpb flipped bits in 1,000,000,000
     * @return what is received: nearly always the frame itself, or null where its check found the error
     */
    byte @Nullable [] pass(byte[] frame, int errorsPpb) {
        int length = framing.encode(frame, 0, frame.length, wire, 0, wire.length - 1);
        int flipped = 0;
        for (int bit = 0; bit < length * BITS; bit++) {
            if (prng.below(1_000_000_000) < errorsPpb) {
                wire[bit / BITS] ^= (byte) (1 << bit % BITS);
                flipped++;
            }
        }
        return flipped == 0 ? frame : decode(length);
    }

    private byte @Nullable [] decode(int length) {
        wire[length] = FLAG; // that with which the next frame begins
        byte[] received = null;
        for (int i = 0; i <= length; i++) {
            int octets = framing.decode(wire[i]);
            if (octets > 0 && received == null) {
                received = Arrays.copyOf(framing.frame(), octets);
            }
        }
        return received;
    }
}

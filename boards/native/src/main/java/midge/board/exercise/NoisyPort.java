package midge.board.exercise;

import midge.hal.SerialPort;
import midge.wire.Prng;

/** One end of a line in memory that now and then loses an octet, flips a bit or adds noise. What is written goes to the other end. */
final class NoisyPort implements SerialPort {
    private static final int ROOM = 256;
    /** Of so many octets one is hurt. */
    private static final int ONE_IN = 400;

    private final Prng prng;
    private final Checksum checksum;
    private final byte[] waiting;
    private final NoisyPort other;
    private int head;
    private int count;

    /** Makes a line; this end is given, the other is {@link #other}. */
    NoisyPort(Prng prng, Checksum checksum) {
        this.prng = prng;
        this.checksum = checksum;
        waiting = new byte[ROOM];
        other = new NoisyPort(this);
    }

    private NoisyPort(NoisyPort other) {
        this.prng = other.prng;
        this.checksum = other.checksum;
        this.other = other;
        waiting = new byte[ROOM];
    }

    NoisyPort other() {
        return other;
    }

    boolean silent() {
        return count == 0 && other.count == 0;
    }

    @Override
    public int write(byte[] octets, int offset, int length) {
        int taken = 0;
        while (taken < length && other.count < ROOM - 1) {
            carry(octets[offset + taken++]);
        }
        checksum.octets(octets, offset, taken);
        return taken;
    }

    private void carry(byte octet) {
        int dice = prng.below(ONE_IN * 3);
        if (dice == 0) {
            return;
        }
        if (dice == 1) {
            other.take((byte) prng.nextInt());
        }
        other.take(dice == 2 ? (byte) (octet ^ (1 << prng.below(8))) : octet);
    }

    private void take(byte octet) {
        waiting[(head + count) % ROOM] = octet;
        count++;
    }

    @Override
    public int read(byte[] into, int offset, int capacity) {
        int given = 0;
        while (given < capacity && count > 0) {
            into[offset + given++] = waiting[head];
            head = (head + 1) % ROOM;
            count--;
        }
        return given;
    }

    @Override
    public void close() {}
}

package midge.hal.link;

import midge.hal.SerialPort;

/** A serial line whose octets travel in chunks. What is written goes out at once, in chunks as large as the link takes. */
public final class ChunkedPort implements SerialPort {
    private final ChunkLink link;
    private final byte[] in;
    private int at;
    private int end;

    /** @param chunkMost octets in the largest chunk that can come; 512 for Bluetooth LE */
    public ChunkedPort(ChunkLink link, int chunkMost) {
        this.link = link;
        this.in = new byte[chunkMost];
    }

    /** {@inheritDoc} */
    public int write(byte[] octets, int offset, int length) {
        int done = 0;
        while (done < length) {
            int taken = link.send(octets, offset + done, least(length - done, link.chunkMost()));
            if (taken <= 0) {
                return done > 0 ? done : taken;
            }
            done += taken;
        }
        return done;
    }

    /** {@inheritDoc} */
    public int read(byte[] into, int offset, int capacity) {
        if (at == end) {
            int length = link.receive(in, 0, in.length);
            if (length <= 0) {
                return length;
            }
            at = 0;
            end = length;
        }
        int moved = least(end - at, capacity);
        System.arraycopy(in, at, into, offset, moved);
        at += moved;
        return moved;
    }

    private static int least(int one, int other) {
        return one < other ? one : other;
    }

    /** {@inheritDoc} */
    public void close() {
        at = 0;
        end = 0;
        link.close();
    }
}

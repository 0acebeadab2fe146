package midge.hal.link;

import midge.hal.Hal;

/**
 * Makes frames out of a stream of octets and back. A decoder takes any octets whatever, finds its feet again at the next delimiter,
 * never keeps more than one frame of {@link #mtu} octets, and counts what it drops.
 *
 * <p>One object serves one line in both directions; encoding does not disturb decoding.
 */
public abstract class SerialFraming {
    private static final int FCS_LENGTH = 2;

    private final int mtu;
    private final boolean checked;
    private final byte[] frame;
    private int length;
    private boolean tooLong;
    private boolean spoilt;
    private int oversizedFrames;
    private int malformedFrames;
    private int badChecksums;

    private byte[] out;
    private int outStart;
    private int outAt;
    private int outEnd;

    /**
     * @param mtu largest frame, 1 octet or more
     * @param checked whether every frame carries {@link Fcs16}, low octet first, behind its data
     */
    protected SerialFraming(int mtu, boolean checked) {
        this.mtu = mtu;
        this.checked = checked;
        this.frame = new byte[mtu + FCS_LENGTH];
    }

    /** @return largest frame, octets */
    public final int mtu() {
        return mtu;
    }

    /** @return room that {@link #encode} needs at most for a frame of {@code length} octets, delimiters and check included */
    public abstract int encodedMost(int length);

    /**
     * Writes one frame as it goes on the line.
     *
     * @param data 1..{@link #mtu} octets
     * @return octets written from {@code at}; {@link Hal#INVALID} for another length; {@link Hal#FULL} when {@code capacity} is too
     *     small, what is written then does not count
     */
    public final int encode(byte[] data, int offset, int length, byte[] into, int at, int capacity) {
        if (length < 1 || length > mtu) {
            return Hal.INVALID;
        }
        out = into;
        outStart = at;
        outAt = at;
        outEnd = at + capacity;
        open(length + (checked ? FCS_LENGTH : 0));
        for (int i = 0; i < length; i++) {
            stuff(data[offset + i] & 0xFF);
        }
        if (checked) {
            int fcs = Fcs16.of(Fcs16.update(Fcs16.INITIAL, data, offset, length));
            stuff(fcs & 0xFF);
            stuff(fcs >> 8);
        }
        close();
        out = null;
        return outAt <= outEnd ? outAt - outStart : Hal.FULL;
    }

    /**
     * Takes one octet from the line.
     *
     * @return length of the frame that it completes, now in {@link #frame}; 0 when none is complete
     */
    public abstract int decode(int octet);

    /** @return the decoder's own array with the frame from index 0; valid until the next {@link #decode} */
    public final byte[] frame() {
        return frame;
    }

    /** @return frames dropped because they exceed {@link #mtu} */
    public final int oversizedFrames() {
        return oversizedFrames;
    }

    /** @return frames dropped because they break the format, or were given up by the sender */
    public final int malformedFrames() {
        return malformedFrames;
    }

    /** @return frames dropped because their check does not fit, noise between frames included */
    public final int badChecksums() {
        return badChecksums;
    }

    /** Starts a frame. For encoders. @param length octets of data and check that will follow */
    protected abstract void open(int length);

    /** Sends one octet of data or check, 0..255. For encoders. */
    protected abstract void stuff(int octet);

    /** Ends the frame. For encoders. */
    protected abstract void close();

    /** Puts one octet on the line; beyond the room it only counts. For encoders. */
    protected final void put(int octet) {
        if (outAt < outEnd) {
            out[outAt] = (byte) octet;
        }
        outAt++;
    }

    /** @return where the next {@link #put} goes */
    protected final int mark() {
        return outAt;
    }

    /** Changes an octet that was put earlier. For encoders. */
    protected final void patch(int mark, int octet) {
        if (mark < outEnd) {
            out[mark] = (byte) octet;
        }
    }

    /** Takes one octet of the frame that is coming in. For decoders. */
    protected final void accept(int octet) {
        if (length < frame.length) {
            frame[length++] = (byte) octet;
        } else {
            tooLong = true;
        }
    }

    /** What is coming in breaks the format: it will be dropped at the delimiter. For decoders. */
    protected final void spoil() {
        spoilt = true;
    }

    /** A delimiter has come. @return length of a good frame, or 0 when it was empty or is dropped. For decoders. */
    protected final int finish() {
        int got = length;
        boolean empty = got == 0 && !spoilt;
        boolean fits = !tooLong;
        boolean sound = !spoilt;
        clear();
        if (empty) {
            return 0;
        }
        if (!sound) {
            malformedFrames++;
            return 0;
        }
        return fits ? judge(got) : oversized();
    }

    /** Drops what has come in of a frame whose check does not fit. For decoders with a check of their own. */
    protected final void dropForItsCheck() {
        clear();
        badChecksums++;
    }

    /** Drops what has come in of a frame that announces more than {@link #mtu}. For decoders. */
    protected final void dropForItsSize() {
        clear();
        oversizedFrames++;
    }

    private void clear() {
        length = 0;
        tooLong = false;
        spoilt = false;
    }

    private int judge(int got) {
        int payload = checked ? got - FCS_LENGTH : got;
        if (payload > mtu) {
            return oversized();
        }
        if (checked && (payload < 1 || Fcs16.update(Fcs16.INITIAL, frame, 0, got) != Fcs16.GOOD)) {
            badChecksums++;
            return 0;
        }
        return payload;
    }

    private int oversized() {
        oversizedFrames++;
        return 0;
    }
}

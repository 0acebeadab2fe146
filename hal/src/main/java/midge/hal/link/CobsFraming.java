package midge.hal.link;

/**
 * Consistent overhead byte stuffing (Cheshire and Baker, 1999): no zero inside a frame, one behind it. The overhead is one octet in
 * 254 whatever the data, which suits tight buffers. COBS itself checks nothing, so ask for the check unless the line does.
 */
public final class CobsFraming extends SerialFraming {
    private static final int FULL_BLOCK = 0xFF;
    private static final int NONE = -1;

    private int code;
    private int left;

    private int block = NONE;
    private int blockCode;

    /**
     * @param mtu largest frame, 1 octet or more
     * @param checked whether frames carry {@link Fcs16}; both sides must agree
     */
    public CobsFraming(int mtu, boolean checked) {
        super(mtu, checked);
    }

    /** {@inheritDoc} */
    public int encodedMost(int length) {
        int data = length + 2;
        return data + data / 254 + 2;
    }

    /** {@inheritDoc} */
    public int decode(int octet) {
        int value = octet & 0xFF;
        if (value == 0) {
            if (left > 0) {
                spoil();
            }
            code = 0;
            left = 0;
            return finish();
        }
        if (left > 0) {
            accept(value);
            left--;
        } else {
            // The zero that the block before stands for; the last block's is dropped.
            if (code != 0 && code != FULL_BLOCK) {
                accept(0);
            }
            code = value;
            left = value - 1;
        }
        return 0;
    }

    /** {@inheritDoc} */
    protected void open(int length) {
        startBlock();
    }

    /** {@inheritDoc} */
    protected void stuff(int octet) {
        // A full block is closed without a zero, and the next one opened only when there is more.
        if (block == NONE) {
            startBlock();
        }
        if (octet == 0) {
            patch(block, blockCode);
            startBlock();
            return;
        }
        put(octet);
        if (++blockCode == FULL_BLOCK) {
            patch(block, FULL_BLOCK);
            block = NONE;
        }
    }

    /** {@inheritDoc} */
    protected void close() {
        if (block != NONE) {
            patch(block, blockCode);
            block = NONE;
        }
        put(0);
    }

    private void startBlock() {
        block = mark();
        blockCode = 1;
        put(0);
    }
}

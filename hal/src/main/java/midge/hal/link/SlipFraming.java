package midge.hal.link;

/**
 * SLIP (RFC 1055): END (C0) on both sides of a frame; C0 and DB inside are sent as DB DC and DB DD. SLIP itself checks nothing, so
 * ask for the check unless the line does.
 */
public final class SlipFraming extends SerialFraming {
    private static final int END = 0xC0;
    private static final int ESC = 0xDB;
    private static final int ESC_END = 0xDC;
    private static final int ESC_ESC = 0xDD;

    private boolean escaped;

    /**
     * @param mtu largest frame, 1 octet or more
     * @param checked whether frames carry {@link Fcs16}; both sides must agree
     */
    public SlipFraming(int mtu, boolean checked) {
        super(mtu, checked);
    }

    /** {@inheritDoc} */
    public int encodedMost(int length) {
        return 2 + 2 * (length + 2);
    }

    /** {@inheritDoc} An octet behind ESC that means nothing spoils the frame; RFC 1055's example would keep it. */
    public int decode(int octet) {
        int value = octet & 0xFF;
        if (value == END) {
            if (escaped) {
                spoil();
            }
            escaped = false;
            return finish();
        }
        if (escaped) {
            unescape(value);
        } else if (value == ESC) {
            escaped = true;
        } else {
            accept(value);
        }
        return 0;
    }

    private void unescape(int value) {
        escaped = false;
        if (value == ESC_END) {
            accept(END);
        } else if (value == ESC_ESC) {
            accept(ESC);
        } else {
            spoil();
        }
    }

    /** {@inheritDoc} The END in front flushes noise, as RFC 1055 advises. */
    protected void open(int length) {
        put(END);
    }

    /** {@inheritDoc} */
    protected void stuff(int octet) {
        if (octet == END || octet == ESC) {
            put(ESC);
            put(octet == END ? ESC_END : ESC_ESC);
        } else {
            put(octet);
        }
    }

    /** {@inheritDoc} */
    protected void close() {
        put(END);
    }
}

package midge.hal.link;

/**
 * HDLC-like framing (RFC 1662) with its check, and without PPP's address, control and protocol fields: flag 7E on both sides; 7E and
 * 7D inside are sent as 7D and the octet xor 20; 7D 7E gives a frame up. Our choice for serial lines.
 */
public final class HdlcFraming extends SerialFraming {
    private static final int FLAG = 0x7E;
    private static final int ESCAPE = 0x7D;
    private static final int FLIP = 0x20;

    private boolean escaped;

    /** @param mtu largest frame, 1 octet or more */
    public HdlcFraming(int mtu) {
        super(mtu, true);
    }

    /** {@inheritDoc} */
    public int encodedMost(int length) {
        return 2 + 2 * (length + 2);
    }

    /** {@inheritDoc} */
    public int decode(int octet) {
        int value = octet & 0xFF;
        if (value == FLAG) {
            if (escaped) {
                spoil();
            }
            escaped = false;
            return finish();
        }
        if (escaped) {
            // Any octet may come escaped (RFC 1662 section 4.2), so 7D 7D is 5D.
            escaped = false;
            accept(value ^ FLIP);
        } else if (value == ESCAPE) {
            escaped = true;
        } else {
            accept(value);
        }
        return 0;
    }

    /** {@inheritDoc} */
    protected void open(int length) {
        put(FLAG);
    }

    /** {@inheritDoc} */
    protected void stuff(int octet) {
        if (octet == FLAG || octet == ESCAPE) {
            put(ESCAPE);
            put(octet ^ FLIP);
        } else {
            put(octet);
        }
    }

    /** {@inheritDoc} */
    protected void close() {
        put(FLAG);
    }
}

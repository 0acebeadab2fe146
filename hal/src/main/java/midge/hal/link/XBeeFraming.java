package midge.hal.link;

/**
 * API frames of Digi's XBee modules: 7E, length (two octets), frame data, checksum. With escapes (AP=2) each 7E, 7D, 11 and 13 behind
 * the first octet is sent as 7D and the octet xor 20, so that a 7E always starts a frame; use it. Without them (AP=1) a decoder that
 * lost its place may take several frames to find it.
 */
public final class XBeeFraming extends SerialFraming {
    private static final int START = 0x7E;
    private static final int ESCAPE = 0x7D;
    private static final int XON = 0x11;
    private static final int XOFF = 0x13;
    private static final int FLIP = 0x20;

    private static final int HUNTING = 0;
    private static final int LENGTH_HIGH = 1;
    private static final int LENGTH_LOW = 2;
    private static final int DATA = 3;
    private static final int CHECKSUM = 4;

    private final boolean escaping;
    private int state = HUNTING;
    private boolean escaped;
    private int left;
    private int sum;
    private int sentSum;

    /**
     * @param mtu largest frame data, 1..65535 octets: 14 more than the radio payload
     * @param escaping whether the module is in mode AP=2, otherwise AP=1
     */
    public XBeeFraming(int mtu, boolean escaping) {
        super(mtu, false);
        this.escaping = escaping;
    }

    /** {@inheritDoc} */
    public int encodedMost(int length) {
        return 1 + 2 * (length + 3);
    }

    /** {@inheritDoc} A frame is its frame data: type, then what the type says. */
    public int decode(int octet) {
        int value = octet & 0xFF;
        if (escaping && value == START) {
            cutShort();
            state = LENGTH_HIGH;
            return 0;
        }
        if (escaping && value == ESCAPE && !escaped) {
            escaped = true;
            return 0;
        }
        int plain = escaped ? value ^ FLIP : value;
        escaped = false;
        return take(plain);
    }

    private int take(int value) {
        switch (state) {
            case LENGTH_HIGH:
                left = value << 8;
                state = LENGTH_LOW;
                return 0;
            case LENGTH_LOW:
                left |= value;
                sum = 0;
                state = announced();
                return 0;
            case DATA:
                accept(value);
                sum += value;
                state = --left == 0 ? CHECKSUM : DATA;
                return 0;
            case CHECKSUM:
                state = HUNTING;
                return checked(value);
            default:
                state = value == START ? LENGTH_HIGH : HUNTING;
                return 0;
        }
    }

    private int announced() {
        if (left == 0 || left > mtu()) {
            dropForItsSize();
            return HUNTING;
        }
        return DATA;
    }

    private int checked(int checksum) {
        if ((sum + checksum & 0xFF) != 0xFF) {
            dropForItsCheck();
            return 0;
        }
        return finish();
    }

    /** A new frame starts before the last one ended. */
    private void cutShort() {
        escaped = false;
        if (state != HUNTING) {
            spoil();
            finish();
        }
    }

    /** {@inheritDoc} */
    protected void open(int length) {
        put(START);
        putEscaped(length >> 8);
        putEscaped(length & 0xFF);
        sentSum = 0;
    }

    /** {@inheritDoc} */
    protected void stuff(int octet) {
        sentSum += octet;
        putEscaped(octet);
    }

    /** {@inheritDoc} */
    protected void close() {
        putEscaped(0xFF - (sentSum & 0xFF));
    }

    private void putEscaped(int octet) {
        if (escaping && (octet == START || octet == ESCAPE || octet == XON || octet == XOFF)) {
            put(ESCAPE);
            put(octet ^ FLIP);
        } else {
            put(octet);
        }
    }
}

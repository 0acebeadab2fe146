package midge.hal.link;

/**
 * Frames that say how long they are: 7E, the length of data and check (two octets), data, {@link Fcs16}. Nothing is escaped, so a frame
 * of any content takes five octets more than its data; in exchange a decoder that lost its place may take several frames to find it.
 */
public final class LengthFraming extends SerialFraming {
    private static final int START = 0x7E;
    private static final int OVERHEAD = 5;
    private static final int CHECK = 2;

    private static final int HUNTING = 0;
    private static final int LENGTH_HIGH = 1;
    private static final int LENGTH_LOW = 2;
    private static final int DATA = 3;

    private int state = HUNTING;
    private int left;

    /** @param mtu largest frame, 1..65533 octets */
    public LengthFraming(int mtu) {
        super(mtu, true);
    }

    /** {@inheritDoc} */
    public int encodedMost(int length) {
        return OVERHEAD + length;
    }

    /** {@inheritDoc} */
    public int decode(int octet) {
        int value = octet & 0xFF;
        switch (state) {
            case LENGTH_HIGH:
                left = value << 8;
                state = LENGTH_LOW;
                return 0;
            case LENGTH_LOW:
                left |= value;
                state = announced();
                return 0;
            case DATA:
                accept(value);
                left--;
                state = left == 0 ? HUNTING : DATA;
                return left == 0 ? finish() : 0;
            default:
                state = value == START ? LENGTH_HIGH : HUNTING;
                return 0;
        }
    }

    private int announced() {
        if (left <= CHECK || left > mtu() + CHECK) {
            dropForItsSize();
            return HUNTING;
        }
        return DATA;
    }

    /** {@inheritDoc} */
    protected void open(int length) {
        put(START);
        put(length >> 8);
        put(length & 0xFF);
    }

    /** {@inheritDoc} */
    protected void stuff(int octet) {
        put(octet);
    }

    /** {@inheritDoc} */
    protected void close() {}
}

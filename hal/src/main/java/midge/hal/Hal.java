package midge.hal;

/** What hardware calls answer when they did not do what was asked. Always negative, distinct from {@code midge.wire.Status}. */
public final class Hal {
    /** Done. */
    public static final int OK = 0;
    /** Not yet: call again later, nothing is wrong. */
    public static final int WOULD_BLOCK = -101;
    /** The device or link is no longer there; opening it again may help. */
    public static final int GONE = -102;
    /** Nobody answered at this address, or the chip refused the transfer. */
    public static final int NACK = -103;
    /** The bus is stuck, arbitration was lost, or the transfer failed for another electrical reason. */
    public static final int BUS_ERROR = -104;
    /** A checksum does not fit the data. */
    public static final int BAD_CRC = -105;
    /** Another chip answers than the driver was made for. */
    public static final int WRONG_CHIP = -106;
    /** The chip answered, but with its power-on value, a saturation mark or a skipped measurement. */
    public static final int NO_VALUE = -107;
    /** An argument is outside its documented range. */
    public static final int INVALID = -108;
    /** No room left. */
    public static final int FULL = -109;
    /** This board or driver cannot do it. */
    public static final int UNSUPPORTED = -110;

    private Hal() {}
}

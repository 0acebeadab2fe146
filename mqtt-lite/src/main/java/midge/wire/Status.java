package midge.wire;

/**
 * What a call says when it did not do what was asked. Every value is negative and means one thing only, so that a number in a log is
 * unambiguous; 0 and above is success, with the meaning that the call states. {@code midge.hal.Hal} uses -101 and below.
 */
public final class Status {
    /** Done. */
    public static final int OK = 0;
    /** The caller's array has no room for the result; nothing was written that counts. */
    public static final int TOO_SMALL = -1;
    /** More octets are needed: the frame goes on beyond what is there. */
    public static final int TRUNCATED = -2;
    /** The octets break the format; codecs have finer numbers of their own where the rule matters. */
    public static final int MALFORMED = -3;
    /** Full or occupied for now; nothing was changed, try again after the next event. */
    public static final int BUSY = -4;
    /** Needs a connection and there is none. */
    public static final int NOT_CONNECTED = -5;
    /** An argument is outside its documented range; nothing was changed. */
    public static final int INVALID = -6;
    /** The frame or message is larger than this side, or the peer, accepts. */
    public static final int TOO_LARGE = -7;
    /** The peer, or the chosen protocol version, does not offer it. */
    public static final int UNSUPPORTED = -8;
    /** Not in the present state. */
    public static final int WRONG_STATE = -9;

    private Status() {}
}

package midge.mqttsn.codec;

/** The ReturnCode octet (§5.3.10). 0x04..0xFF are reserved; they count as a refusal and are handed on as they came. */
public final class SnReturnCode {
    public static final int ACCEPTED = 0x00;
    /** Rejected: try again after T_WAIT. */
    public static final int CONGESTION = 0x01;

    public static final int INVALID_TOPIC_ID = 0x02;
    public static final int NOT_SUPPORTED = 0x03;

    private SnReturnCode() {}
}

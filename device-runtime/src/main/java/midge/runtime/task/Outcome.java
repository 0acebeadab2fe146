package midge.runtime.task;

/** How a message ended, for {@link ReadingListener#onOutcome}. */
public final class Outcome {
    /** Delivered as its QoS promises. */
    public static final int DELIVERED = 0;
    /** Given up to make room for newer ones; it was never sent. */
    public static final int DROPPED = -201;
    /** The gateway rejects its topic or the message itself; trying again would not help. */
    public static final int REJECTED = -202;

    /** The server has lost the session after the message was sent: it may have arrived or not, and is not sent again. */
    public static final int UNCERTAIN = -203;

    private Outcome() {}
}

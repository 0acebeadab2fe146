package midge.runtime.task;

/** To whom a client's frames go. An interface, so that a device that knows its one gateway need not carry the code of a search. */
public interface GatewayChoice {
    /** @return the link's number of the gateway in use */
    int peer();

    /** @return how often the frames have turned to another gateway */
    int changes();

    /** @return whether the frame was about gateways, and none of the client's business */
    boolean take(byte[] octets, int length, int from, long nowMs);

    /**
     * Looks for another gateway while the client has none.
     *
     * @param isLost whether the gateway in use has not answered
     * @return whether the frames go to another gateway from now on
     */
    boolean review(boolean isLost, long nowMs);

    /** Searches and answers. @return when to call again */
    long turn(long nowMs);
}

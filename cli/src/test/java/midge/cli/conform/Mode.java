package midge.cli.conform;

/** The weather that a case is run in. */
enum Mode {
    /** Every datagram arrives once. */
    PLAIN("plain"),
    /** Every datagram of the devices arrives twice. */
    DUPLICATED("duplicated"),
    /**
     * The gateway's first answer to each request is lost, so the device asks again; what the gateway sends on its own and has to be
     * acknowledged is lost once too, so the gateway sends it again.
     */
    LOST("reply lost");

    final String words;

    Mode(String words) {
        this.words = words;
    }
}

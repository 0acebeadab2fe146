package midge.cli.conform;

/** The gateways of the suite. Topic ids 1 and up are pre-defined for all, 9 for one device of each run. */
enum Site {
    /** Defaults, but for shorter times. */
    USUAL("[unconnected]"),
    /** What is off by default is on, and limits are far. */
    WIDE("""
            [limits]
            client_id_octets = 256
            topics_per_client = 6_000
            topic_octets = 1_000
            [forwarders]
            any = true
            [unconnected]
            names = true
            """),
    /** Limits are near. */
    NARROW("""
            [limits]
            client_id_octets = 30
            topics_per_client = 51
            datagram_octets = 120
            topic_octets = 60
            queue_messages = 5
            queue_octets = 1_024
            [unconnected]
            publish = false
            """),
    /** Its way to the broker leads over a {@link Breaker}. */
    FRAIL("[unconnected]");

    /** Ends with lines of the section {@code [unconnected]}. */
    final String settings;

    Site(String settings) {
        this.settings = settings;
    }
}

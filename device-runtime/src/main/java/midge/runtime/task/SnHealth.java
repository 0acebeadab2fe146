package midge.runtime.task;

import midge.mqttsn.client.SnCounters;

/** How well a {@link LinkTask} works. */
public final class SnHealth implements LinkHealth {
    private final LinkTask link;

    /** Looks at it whenever it is asked. */
    public SnHealth(LinkTask link) {
        this.link = link;
    }

    public int retries() {
        return link.client().counters().retransmissions();
    }

    public int drops() {
        SnCounters counters = link.client().counters();
        return link.framesLost() + counters.dropped();
    }
}

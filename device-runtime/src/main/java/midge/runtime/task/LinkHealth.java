package midge.runtime.task;

/** What a connection can tell about how well it works. */
public interface LinkHealth {
    /** @return frames sent again, or, over MQTT, connections made again; since the start */
    int retries();

    /** @return frames given up for want of room or link, since the start */
    int drops();
}

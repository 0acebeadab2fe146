package midge.mqttsn.client;

/** What has happened to a client so far. The numbers only grow, and wrap round after 2^31 - 1 to negative ones. */
public final class SnCounters {
    int sent;
    int retransmissions;
    int malformed;
    int stray;
    int dropped;
    int duplicates;
    int unknownTopics;
    int refusedRegistrations;
    int invalidTopicIds;
    int congestions;
    int missedWakes;

    SnCounters() {}

    /** @return frames handed to the link, resends included */
    public int sent() {
        return sent;
    }

    /** @return resends after T_retry */
    public int retransmissions() {
        return retransmissions;
    }

    /** @return datagrams that are no frame of this protocol */
    public int malformed() {
        return malformed;
    }

    /** @return frames that nothing waited for: late duplicates, answers to forgotten exchanges, messages for the other side */
    public int stray() {
        return stray;
    }

    /** @return frames dropped because too many answers waited for the link; the gateway sends them again */
    public int dropped() {
        return dropped;
    }

    /** @return inbound QoS 2 messages that had been delivered before */
    public int duplicates() {
        return duplicates;
    }

    /** @return inbound messages with a topic id unknown here, answered with "invalid topic id" */
    public int unknownTopics() {
        return unknownTopics;
    }

    /** @return registrations by the gateway that were refused, most likely since the topic table is full */
    public int refusedRegistrations() {
        return refusedRegistrations;
    }

    /** @return publishes that the gateway refused with "invalid topic id" */
    public int invalidTopicIds() {
        return invalidTopicIds;
    }

    /** @return answers "rejected: congestion" */
    public int congestions() {
        return congestions;
    }

    /** @return wake-ups that the gateway did not answer */
    public int missedWakes() {
        return missedWakes;
    }
}

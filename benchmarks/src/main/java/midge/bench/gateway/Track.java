package midge.bench.gateway;

import midge.wire.Bytes;

/** What is known of one client's messages: how many were sent, which came, and what was missed. */
final class Track {
    final int index;
    private int sent;
    private int last;
    private long sentNs;
    private boolean waiting;
    private int missing;
    private int repeated;

    Track(int index) {
        this.index = index;
    }

    /** The next message goes out now. */
    void sent(long nowNs) {
        sent++;
        sentNs = nowNs;
        waiting = true;
    }

    /** It did not, after all. */
    void takeBack() {
        sent--;
        waiting = false;
    }

    /** Puts the number of the message that was sent last, and whose it is, into a payload. */
    void write(byte[] payload) {
        Bytes.putU32(payload, 0, index);
        Bytes.putU32(payload, 4, sent);
    }

    static int index(byte[] payload, int offset) {
        return (int) Bytes.u32(payload, offset);
    }

    static int number(byte[] payload, int offset) {
        return (int) Bytes.u32(payload, offset + 4);
    }

    /** A message has come where messages go: the next one, unless one got lost or came twice. */
    void came(int number) {
        if (number <= last) {
            repeated++;
        } else {
            missing += number - last - 1;
            last = number;
        }
    }

    /** @return how long the message that was sent last took; -1 when it was finished before */
    long finish(long nowNs) {
        if (!waiting) {
            return -1;
        }
        waiting = false;
        return nowNs - sentNs;
    }

    /** @return since when a message is in flight, ns; 0 when none is */
    long waitingSinceNs() {
        return waiting ? sentNs : 0;
    }

    boolean hasAll() {
        return last == sent;
    }

    /** @return messages that have not come, though sent */
    int missing() {
        return missing + sent - last;
    }

    int repeated() {
        return repeated;
    }
}

package midge.gateway.flow;

import midge.gateway.table.Hashes;

/**
 * Remembers the last few messages from a client that the broker has acknowledged, so that a repetition is acknowledged again but not
 * forwarded again.
 *
 * <p><em>Reasoning.</em> When a PUBACK is lost, the client repeats its PUBLISH with DUP, the same MsgId and the same contents. By then
 * the exchange is over here, and MsgIds are used again after 65,535 messages or after a client's restart, so MsgId alone does not tell.
 * The contents (topic name, flags, payload) must be equal too, of which a hash is kept. With DUP set this is enough: a client that says
 * "sent before", with a MsgId and contents that are among its last {@value #PLACES} messages, means that message. Without DUP the frame
 * may be a copy made by the radio, or a new message of a restarted client that begins to count at 1 again. So it counts as a copy only
 * within the retry window, and only if the client did not CONNECT since. What remains is a client that reuses a MsgId at once for equal
 * contents without DUP, which §6.6 gives it no reason to do.
 */
final class FinishedExchanges {
    private static final int PLACES = 4;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final int[] msgIds = new int[PLACES];
    private final int[] hashes = new int[PLACES];
    private final long[] finishedMs = new long[PLACES];
    private int next;

    /** MsgId 0 marks a free place: no exchange has it. */
    FinishedExchanges() {}

    void add(int msgId, int hash, long nowMs) {
        msgIds[next] = msgId;
        hashes[next] = hash;
        finishedMs[next] = nowMs;
        next = (next + 1) % PLACES;
    }

    /** A message of a process before: only DUP makes another one its repetition. */
    void addOld(int msgId, int hash) {
        add(msgId, hash, LONG_AGO);
    }

    void write(Session session, SessionRecords records) {
        for (int i = 0; i < PLACES; i++) {
            int place = (next + i) % PLACES;
            if (msgIds[place] != 0) {
                records.finished(session, msgIds[place], hashes[place]);
            }
        }
    }

    boolean contains(int msgId, int hash, boolean dup, long sinceMs) {
        for (int i = 0; i < PLACES; i++) {
            if (msgIds[i] == msgId && hashes[i] == hash && (dup || finishedMs[i] >= sinceMs)) {
                return true;
            }
        }
        return false;
    }

    /** The client connected anew: only DUP counts from now on. */
    void age() {
        for (int i = 0; i < PLACES; i++) {
            finishedMs[i] = LONG_AGO;
        }
    }

    /** @return a hash of all that makes two messages equal */
    static int hash(int flags, TopicRef topic, byte[] data, int offset, int length) {
        int hash = Hashes.of(Hashes.mix(Hashes.SEED, flags), topic.octets(), topic.offset(), topic.length());
        return Hashes.of(Hashes.mix(hash, length), data, offset, length);
    }
}

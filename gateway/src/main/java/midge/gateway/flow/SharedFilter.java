package midge.gateway.flow;

import java.util.Arrays;

/** One filter of the shared connection and the sessions that subscribe to it. */
final class SharedFilter {
    private static final int NOBODY = -1;
    private static final int NO_ROUND = -1;

    final byte[] name;
    final int number;
    /** Which SUBSCRIBE of this filter was the last, 0..1023. */
    int round;
    /** The round in which all subscribers get the retained messages, since the broker had lost the session; -1: none. */
    int roundForAll = NO_ROUND;

    private int[] sessions = new int[2];
    private int[] rounds = new int[2];
    private byte[] qos = new byte[2];
    private int count;

    SharedFilter(byte[] name, int number) {
        this.name = name;
        this.number = number;
    }

    int count() {
        return count;
    }

    int session(int place) {
        return sessions[place];
    }

    int qos(int place) {
        return qos[place];
    }

    /** @return whether a retained message of this round is meant for the subscriber */
    boolean asked(int place, int someRound) {
        return rounds[place] == someRound || roundForAll == someRound;
    }

    int place(int session) {
        for (int i = 0; i < count; i++) {
            if (sessions[i] == session) {
                return i;
            }
        }
        return NOBODY;
    }

    /** @return the highest QoS that a subscriber wants */
    int highestQos() {
        int highest = 0;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, qos[i]);
        }
        return highest;
    }

    /** Begins the next round. When the count begins anew, nobody may still wait for a round of that number. */
    void nextRound() {
        round = (round + 1) % SharedFilters.ROUNDS;
        roundForAll = NO_ROUND;
        for (int i = 0; i < count; i++) {
            rounds[i] = rounds[i] == round ? NO_ROUND : rounds[i];
        }
    }

    /** Adds a subscriber, or changes what it wants, as of this round. */
    void put(int session, int wantedQos) {
        int place = place(session);
        if (place < 0) {
            place = count++;
            if (place == sessions.length) {
                sessions = Arrays.copyOf(sessions, 2 * place);
                rounds = Arrays.copyOf(rounds, 2 * place);
                qos = Arrays.copyOf(qos, 2 * place);
            }
        }
        sessions[place] = session;
        rounds[place] = round;
        qos[place] = (byte) wantedQos;
    }

    void remove(int session) {
        int place = place(session);
        if (place >= 0) {
            count--;
            sessions[place] = sessions[count];
            rounds[place] = rounds[count];
            qos[place] = qos[count];
        }
    }
}

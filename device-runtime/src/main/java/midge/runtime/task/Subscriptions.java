package midge.runtime.task;

import midge.topic.TopicFilter;
import midge.wire.Status;

/** Which filters the gateway or server holds for us, and who gets the messages. */
final class Subscriptions {
    /** Pause before a refused subscription is asked for again, ms. */
    private static final int REFUSED_RETRY_MS = 60_000;
    /** Pause when the client has no room for the request, ms. */
    private static final int BUSY_RETRY_MS = 500;

    private static final int NOT_ASKED = -1;
    private static final int HELD = -2;

    /** Sends the requests. */
    interface Requester {
        /** @return a token, 0 or above, for {@link #onSubscribed}; or a negative status */
        int subscribe(byte[] filter, int qos, long nowMs);
    }

    private final LinkConfig config;
    private final MessageHandler[] handlers;
    /** {@link #NOT_ASKED}, {@link #HELD}, or the client's token of the request under way. */
    private final int[] state;

    private long askAgainMs = Long.MIN_VALUE;
    private int refused;
    private int unmatched;

    Subscriptions(LinkConfig config) {
        this.config = config;
        handlers = new MessageHandler[config.filters.length];
        state = new int[config.filters.length];
        for (int i = 0; i < state.length; i++) {
            state[i] = NOT_ASKED;
        }
    }

    int deliverTo(int subscription, MessageHandler handler) {
        if (subscription < 0 || subscription >= handlers.length) {
            return Status.INVALID;
        }
        handlers[subscription] = handler;
        return Status.OK;
    }

    /** A new session: what was held is to be asked for again. Requests under way survive a reconnect inside the client. */
    void renew() {
        askAgainMs = Long.MIN_VALUE;
        for (int i = 0; i < state.length; i++) {
            if (state[i] == HELD) {
                state[i] = NOT_ASKED;
            }
        }
    }

    /** The requests under way will not be answered any more. */
    void abandon() {
        for (int i = 0; i < state.length; i++) {
            if (state[i] >= 0) {
                state[i] = NOT_ASKED;
            }
        }
    }

    /** Asks for what is missing. @return when to call again, {@code Long.MAX_VALUE} when nothing is missing */
    long ask(Requester requester, long nowMs) {
        boolean missing = false;
        for (int i = 0; i < state.length; i++) {
            missing |= state[i] == NOT_ASKED;
        }
        if (!missing) {
            return Long.MAX_VALUE;
        }
        if (nowMs < askAgainMs) {
            return askAgainMs;
        }
        for (int i = 0; i < state.length; i++) {
            if (state[i] == NOT_ASKED) {
                byte[] filter = config.filters[i];
                int token = requester.subscribe(filter, config.qos[i], nowMs);
                if (token < 0) {
                    askAgainMs = nowMs + BUSY_RETRY_MS;
                    return askAgainMs;
                }
                state[i] = token;
            }
        }
        return Long.MAX_VALUE;
    }

    /** @return whether the token was one of ours */
    boolean onSubscribed(int token, int returnCode, long nowMs) {
        for (int i = 0; i < state.length; i++) {
            if (state[i] == token) {
                if (returnCode == 0) {
                    state[i] = HELD;
                } else {
                    state[i] = NOT_ASKED;
                    refused++;
                    askAgainMs = nowMs + REFUSED_RETRY_MS;
                }
                return true;
            }
        }
        return false;
    }

    /** @return whether no request is under way; those refused count as settled until they are asked for again */
    boolean settled(long nowMs) {
        for (int i = 0; i < state.length; i++) {
            if (state[i] >= 0 || state[i] == NOT_ASKED && nowMs >= askAgainMs) {
                return false;
            }
        }
        return true;
    }

    /** @return whether the gateway holds every one */
    boolean held() {
        for (int i = 0; i < state.length; i++) {
            if (state[i] != HELD) {
                return false;
            }
        }
        return true;
    }

    /** Gives a message to every handler whose filter matches. */
    void deliver(byte[] topic, int to, int tl, byte[] data, int offset, int length, boolean retained, long nowMs) {
        boolean matched = false;
        for (int i = 0; i < state.length; i++) {
            byte[] filter = config.filters[i];
            if (handlers[i] != null && TopicFilter.matches(filter, 0, filter.length, topic, to, tl)) {
                matched = true;
                handlers[i].onMessage(topic, to, tl, data, offset, length, retained, nowMs);
            }
        }
        if (!matched) {
            unmatched++;
        }
    }

    int refused() {
        return refused;
    }

    int unmatched() {
        return unmatched;
    }
}

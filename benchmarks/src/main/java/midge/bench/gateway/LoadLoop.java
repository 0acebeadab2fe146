package midge.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One thread for all clients, since the gateway wants the processors: sockets when they are ready, deadlines now and then. */
final class LoadLoop implements AutoCloseable {
    /** Somebody with a socket. */
    interface Member extends AutoCloseable {
        void onReady(SelectionKey key, long nowMs) throws IOException;

        /** Time has passed. */
        void onTurn(long nowMs) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** What is to be done once for all that a turn brought. */
    interface Settling {
        void settle(long nowMs) throws IOException;
    }

    private static final long SWEEP_MS = 100;

    private final long startNs = System.nanoTime();
    private final List<Member> members = new ArrayList<>();
    private final Selector selector;
    private final Settling settling;
    private long nowMs;
    private long sweepMs;

    LoadLoop(Settling settling) throws IOException {
        this.settling = settling;
        selector = Selector.open();
    }

    Selector selector() {
        return selector;
    }

    void add(Member member) {
        members.add(member);
    }

    /** Closes one and forgets it. */
    void remove(Member member) throws IOException {
        members.remove(member);
        member.close();
    }

    /** @return the time as of the turn that runs, ms */
    long nowMs() {
        return nowMs;
    }

    /** Turns until {@code done} or the time is over. @return whether it is done */
    boolean run(BooleanSupplier done, long limitMs) throws IOException {
        tick();
        long endMs = nowMs + limitMs;
        while (!done.getAsBoolean()) {
            if (nowMs >= endMs) {
                return false;
            }
            turn(Math.min(endMs, sweepMs));
        }
        return true;
    }

    private void tick() {
        nowMs = (System.nanoTime() - startNs) / 1_000_000;
    }

    private void turn(long untilMs) throws IOException {
        selector.select(this::ready, Math.max(1, untilMs - nowMs));
        tick();
        if (nowMs >= sweepMs) {
            sweepMs = nowMs + SWEEP_MS;
            for (int i = 0; i < members.size(); i++) {
                members.get(i).onTurn(nowMs);
            }
        }
        settling.settle(nowMs);
    }

    private void ready(SelectionKey key) {
        try {
            ((Member) key.attachment()).onReady(key, nowMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.close();
        }
        selector.close();
    }
}

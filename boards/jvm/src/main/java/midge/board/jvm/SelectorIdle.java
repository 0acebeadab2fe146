package midge.board.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import midge.hal.Clock;
import midge.hal.Idle;

/** Rests in a selector, so that a frame on any link opened with it ends the rest at once. */
public final class SelectorIdle implements Idle, AutoCloseable {
    private static final long LONGEST_MS = 60_000;

    private final Selector selector;
    private final Clock clock;
    /** Kept, so that a rest allocates nothing. */
    private final Consumer<SelectionKey> ready = SelectorIdle::onReady;

    /** @param clock whose time the deadlines are in */
    public SelectorIdle(Clock clock) {
        this.clock = clock;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Selector selector() {
        return selector;
    }

    @Override
    public void until(long deadlineMs) {
        long waitMs = Math.min(LONGEST_MS, deadlineMs - clock.nowMs());
        try {
            if (waitMs <= 0) {
                selector.selectNow(ready);
            } else {
                selector.select(ready, waitMs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Links look for themselves what has become possible; the keys only had to end the rest. */
    private static void onReady(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Runnable link) {
            link.run();
        }
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

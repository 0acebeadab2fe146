package midge.hal;

/** Monotonic time. Only the outermost loop reads it; everything else is told {@code nowMs}. */
public interface Clock {
    /** @return milliseconds since any fixed point; never goes back, may leap forward (deep sleep) */
    long nowMs();
}

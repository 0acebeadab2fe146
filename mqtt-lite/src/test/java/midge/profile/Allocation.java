package midge.profile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Counts the octets that code allocates, exactly. Meaningful only under {@code -Xint} (tag the test {@code interpreted}): compiled code
 * may have its allocations removed by escape analysis.
 */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Runs {@code work} once to load its classes, then once more. @return the octets that the second run allocated */
    public static long of(Runnable work) {
        work.run();
        measure(() -> {});
        return measure(work);
    }

    private static long measure(Runnable work) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        work.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}

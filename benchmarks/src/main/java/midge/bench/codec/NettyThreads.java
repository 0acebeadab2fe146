package midge.bench.codec;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on the kind of thread that Netty's event loops are: only there do its pools keep buffers at hand, so that anything else
 * would be unfair to the codecs that use them.
 */
public final class NettyThreads extends ThreadPoolExecutor {
    /** As JMH wants it, see {@code jmh.executor.class}. */
    public NettyThreads(int threads, String name) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(name));
    }
}

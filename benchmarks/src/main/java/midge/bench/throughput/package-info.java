/** Whole processes against a broker: how many messages a second, at what cost. Start with {@link midge.bench.throughput.Throughput}. */
@NullMarked
package midge.bench.throughput;

import org.jspecify.annotations.NullMarked;

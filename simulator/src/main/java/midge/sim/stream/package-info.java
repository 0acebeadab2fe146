/** Simulated TCP between simulated parts. Start with {@link BrokerNode}. */
@NullMarked
package midge.sim.stream;

import org.jspecify.annotations.NullMarked;

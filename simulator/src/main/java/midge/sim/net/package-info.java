/** Simulated radio. Start with {@link SimNetwork}. */
@NullMarked
package midge.sim.net;

import org.jspecify.annotations.NullMarked;

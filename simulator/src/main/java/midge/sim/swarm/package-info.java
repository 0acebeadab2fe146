/** Worlds drawn from one number each, with all faults that the simulator has, watched by every checker. Start with {@link SwarmRun}. */
@NullMarked
package midge.sim.swarm;

import org.jspecify.annotations.NullMarked;

/** What leaves a simulation for other programs. Start with {@link PcapWriter}. */
@NullMarked
package midge.sim.export;

import org.jspecify.annotations.NullMarked;

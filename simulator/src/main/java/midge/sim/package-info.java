/**
 * Virtual time. Start with {@link World}; {@link SimNode} runs a device in it. Nothing here or in the packages below, but for
 * {@code midge.sim.live}, uses threads, sleeps or reads a clock of the machine.
 */
@NullMarked
package midge.sim;

import org.jspecify.annotations.NullMarked;

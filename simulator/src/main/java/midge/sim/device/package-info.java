/** Whole virtual devices and the account of their readings. Start with {@link midge.sim.device.SimDevice}. */
@NullMarked
package midge.sim.device;

import org.jspecify.annotations.NullMarked;

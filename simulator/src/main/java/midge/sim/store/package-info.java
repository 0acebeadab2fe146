/** Simulated flash and files, which power cuts and crashes tear. Start with {@link midge.sim.store.SimStorage}. */
@NullMarked
package midge.sim.store;

import org.jspecify.annotations.NullMarked;

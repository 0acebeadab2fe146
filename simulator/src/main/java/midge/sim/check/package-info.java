/** Promises that must hold in every simulated world, each a {@link Checker} that watches and throws at the first breach. */
@NullMarked
package midge.sim.check;

import org.jspecify.annotations.NullMarked;

/** What virtual chips feel: values over time. Start with {@link midge.sim.signal.Signal}. */
@NullMarked
package midge.sim.signal;

import org.jspecify.annotations.NullMarked;

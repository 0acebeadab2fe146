/** The gateway in a simulated world. Start with {@link SimGateway}. */
@NullMarked
package midge.sim.gateway;

import org.jspecify.annotations.NullMarked;

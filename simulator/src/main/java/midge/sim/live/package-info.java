/** Where simulated parts meet real time and real sockets. Start with {@link BrokerShell}. */
@NullMarked
package midge.sim.live;

import org.jspecify.annotations.NullMarked;

/**
 * What the gateway's core and its host say to each other: {@link GatewayPorts}, addresses, what is counted and what can be watched. No
 * sockets, no clock, no threads.
 */
@NullMarked
package midge.gateway.port;

import org.jspecify.annotations.NullMarked;

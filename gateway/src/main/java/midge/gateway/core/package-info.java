/**
 * The gateway without its sockets. Start with {@link GatewayCore}: datagrams, broker octets and time go in; datagrams, broker octets and
 * a deadline come out through {@link GatewayPorts}. The tables and buffers here know nothing of the procedures, which are in
 * {@code midge.gateway.flow}; {@link GatewayCore} alone looks up at them, to put them together.
 */
@NullMarked
package midge.gateway.core;

import org.jspecify.annotations.NullMarked;

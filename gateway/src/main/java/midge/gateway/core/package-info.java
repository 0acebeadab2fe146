/**
 * The gateway without its sockets: {@link GatewayCore}. Datagrams, broker octets and time go in; datagrams, broker octets and a deadline
 * come out through {@code midge.gateway.port}. The procedures are in {@code midge.gateway.flow}.
 */
@NullMarked
package midge.gateway.core;

import org.jspecify.annotations.NullMarked;

/** The world around {@code GatewayCore}: one event loop, its sockets and its timer, on Netty. Start with {@link GatewayLoop}. */
@NullMarked
package midge.gateway.net;

import org.jspecify.annotations.NullMarked;

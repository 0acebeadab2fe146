/**
 * The procedures of a gateway, one class each, and the session that holds them together. Start with {@code Session}. No sockets, no
 * clock, no threads.
 */
@NullMarked
package midge.gateway.flow;

import org.jspecify.annotations.NullMarked;

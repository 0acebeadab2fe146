/** What a gateway is told once. Start with {@link GatewayConfigBuilder}. */
@NullMarked
package midge.gateway.config;

import org.jspecify.annotations.NullMarked;

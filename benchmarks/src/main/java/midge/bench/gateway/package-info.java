/** Whole-process load on a gateway: many simulated MQTT-SN clients, a Mosquitto and what both cost. Start with {@link GatewayLoad}. */
@NullMarked
package midge.bench.gateway;

import org.jspecify.annotations.NullMarked;

/** Relays and lamps, on or off; start with {@link Relay}. */
package midge.sensors.relay;

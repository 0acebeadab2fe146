/** Lamps and heaters with a PWM input; start with {@link Dimmer}. */
package midge.sensors.dimmer;

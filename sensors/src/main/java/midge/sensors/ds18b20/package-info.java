/** Maxim DS18B20 thermometer on 1-Wire; start with {@link Ds18b20}. */
package midge.sensors.ds18b20;

/** Aosong AHT20 thermometer and hygrometer on I2C; start with {@link Aht20}. */
package midge.sensors.aht20;

/** Texas Instruments ADS1115 four-channel 16-bit converter on I2C; start with {@link Ads1115}. */
package midge.sensors.ads1115;

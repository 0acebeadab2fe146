/** Texas Instruments TMP102 thermometer on I2C; start with {@link Tmp102}. */
package midge.sensors.tmp102;

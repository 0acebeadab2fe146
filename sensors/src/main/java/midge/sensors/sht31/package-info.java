/** Sensirion SHT31 (SHT30, SHT35) thermometer and hygrometer on I2C; start with {@link Sht31}. */
package midge.sensors.sht31;

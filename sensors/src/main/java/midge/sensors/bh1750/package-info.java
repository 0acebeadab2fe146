/** ROHM BH1750FVI ambient light sensor on I2C; start with {@link Bh1750}. */
package midge.sensors.bh1750;

/** Texas Instruments INA219 current and power monitor on I2C; start with {@link Ina219}. */
package midge.sensors.ina219;

/** Bosch BME280 (temperature, pressure, humidity) and BMP280 (without humidity); start with {@link Bme280}. */
package midge.sensors.bme280;

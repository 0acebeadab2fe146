/** Passive infrared motion detectors with a digital output, such as the HC-SR501; start with {@link Pir}. */
package midge.sensors.pir;

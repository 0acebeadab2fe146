/** HC-SR04 ultrasonic distance meter; start with {@link HcSr04}. */
package midge.sensors.hcsr04;

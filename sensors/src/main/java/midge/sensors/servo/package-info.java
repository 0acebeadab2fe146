/** Hobby servos; start with {@link Servo}. */
package midge.sensors.servo;

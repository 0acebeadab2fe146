/** What several drivers have in common: the course of one measurement, word registers, the words of commands. */
package midge.sensors.driver;

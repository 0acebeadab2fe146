/** One package per chip: a driver on {@code midge.hal} and a model of the chip's registers. */
package midge.sensors;

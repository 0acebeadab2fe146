/**
 * What the chip models stand on: buses that dispatch to them and the faults that all of them share. A model lives beside its driver,
 * in the chip's package; firmware without a real chip uses it as well as the simulator does.
 */
package midge.sensors.model;

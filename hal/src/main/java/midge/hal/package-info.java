/** The world as small interfaces: pins, buses, time, dice. A board implements them, the simulator implements them again. */
package midge.hal;

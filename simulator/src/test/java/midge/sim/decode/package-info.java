/** Everything that the encoders write, read by tshark. */
@org.jspecify.annotations.NullMarked
package midge.sim.decode;

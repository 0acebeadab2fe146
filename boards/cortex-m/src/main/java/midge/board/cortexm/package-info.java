/** A device without a JVM: an MQTT-SN client on the UART of a microcontroller. Start with {@link midge.board.cortexm.Firmware}. */
@org.jspecify.annotations.NullMarked
package midge.board.cortexm;

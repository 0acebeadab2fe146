/** MQTT-SN 1.2 over any datagram link. Frames are in {@code midge.mqttsn.codec}, the client in {@code midge.mqttsn.client}. */
package midge.mqttsn;

/**
 * MQTT 3.1, 3.1.1 and 5.0 control packets as flyweights over {@code byte[]}, for both sides of a connection. Start with
 * {@link MqttFramer}, which cuts a stream into packets, and {@link MqttPublish}.
 *
 * <p>{@code wrap(buffer, offset, available, version)} judges everything that one packet can tell and answers
 * {@link midge.wire.Status#OK}, {@link midge.wire.Status#TRUNCATED} or a number of {@link MqttError}; only after OK do the accessors
 * mean something, and only while the array is left alone. {@code encode} writes into the caller's array and returns the packet's
 * length, or a negative {@link midge.wire.Status}; it checks lengths and ranges but not the text of names.
 */
package midge.mqtt.codec;

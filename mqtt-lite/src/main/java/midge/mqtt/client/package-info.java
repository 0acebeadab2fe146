/**
 * An MQTT 3.1, 3.1.1 and 5.0 client that is fed octets and time and gives octets and a deadline. Start with
 * {@link midge.mqtt.client.MqttClient}.
 */
package midge.mqtt.client;

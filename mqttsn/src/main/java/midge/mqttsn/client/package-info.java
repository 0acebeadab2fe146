/**
 * The MQTT-SN client side without any I/O: {@link SnClient} is fed with datagrams and time and answers with datagrams, a deadline and
 * events. Start with {@link SnClient}; {@link SnClientConfig} has every option, {@link SnClientListener} every event.
 */
package midge.mqttsn.client;

/** What a device keeps over a restart, in one journal: the outbox, and the session with the MQTT server. */
package midge.runtime.store;

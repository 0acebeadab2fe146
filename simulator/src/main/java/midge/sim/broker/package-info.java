/**
 * An MQTT 3.1, 3.1.1 and 5.0 broker without sockets, clocks or threads. Start with {@link SimBroker}, the only way in; a packet travels
 * Connection, Router, TopicTree, Session, and out again through {@link BrokerPorts}.
 */
@NullMarked
package midge.sim.broker;

import org.jspecify.annotations.NullMarked;

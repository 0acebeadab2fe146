package midge.sim.junit;

/**
 * A message that arrived at the broker.
 *
 * @param client  who published it
 * @param payload as UTF-8
 * @param atMs    when, world time
 */
public record BrokerMessage(String client, String topic, String payload, int qos, boolean retain, long atMs) {}

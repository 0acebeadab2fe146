package midge.cli.conform;

/** A message as the broker has it. */
record Message(String topic, int qos, boolean retain, String data) {
    @Override
    public String toString() {
        return topic + " QoS " + qos + (retain ? " retained '" : " '") + data + "'";
    }
}

package midge.sim.check;

/** One message that was published at the broker for one device, with a text that no other has. */
public final class Command {
    private final DeviceFacts device;
    private final String topic;
    private final String text;
    private final int qos;
    private int timesHeard;

    /**
     * @param qos 0, 1 or 2
     */
    public Command(DeviceFacts device, String topic, String text, int qos) {
        this.device = device;
        this.topic = topic;
        this.text = text;
        this.qos = qos;
    }

    /** {@return whom it is for} */
    public DeviceFacts device() {
        return device;
    }

    /** {@return where it was published} */
    public String topic() {
        return topic;
    }

    /** {@return its payload} */
    public String text() {
        return text;
    }

    /** {@return 0, 1 or 2} */
    public int qos() {
        return qos;
    }

    /** {@return how often the device's application was given it} */
    public int timesHeard() {
        return timesHeard;
    }

    /** The device's application was given it once more. */
    public void heard() {
        timesHeard++;
    }

    @Override
    public String toString() {
        return "command " + text + " for " + device + " at QoS " + qos;
    }
}

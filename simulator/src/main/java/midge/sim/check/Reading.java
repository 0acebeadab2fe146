package midge.sim.check;

/** One reading that a device published: a number that no other reading of the world has. */
public final class Reading {
    /** What its device knows of it. */
    public enum State {
        /** In the outbox, or on its way. */
        OPEN,
        /** Confirmed. */
        DELIVERED,
        /** Given up by the device, which counted it. */
        GIVEN_UP,
        /** The device lost its memory before it knew. */
        FORGOTTEN
    }

    private final DeviceFacts device;
    private final String topic;
    private final String payload;
    private final int qos;
    private final int sequence;
    private State state = State.OPEN;
    private int arrivals;

    /**
     * @param sequence of the device's readings, in the order in which they went into its outbox
     */
    public Reading(DeviceFacts device, String topic, String payload, int qos, int sequence) {
        this.device = device;
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.sequence = sequence;
    }

    /** {@return who published it} */
    public DeviceFacts device() {
        return device;
    }

    /** {@return where it belongs} */
    public String topic() {
        return topic;
    }

    /** {@return what was published} */
    public String payload() {
        return payload;
    }

    /** {@return 0, 1 or 2} */
    public int qos() {
        return qos;
    }

    /** {@return its place among the device's readings} */
    public int sequence() {
        return sequence;
    }

    /** {@return what its device knows of it} */
    public State state() {
        return state;
    }

    /** Its device learned, or forgot. */
    public void setState(State state) {
        this.state = state;
    }

    /** {@return how often the broker took it over} */
    public int arrivals() {
        return arrivals;
    }

    /** The broker took it over once more. */
    public void arrived() {
        arrivals++;
    }

    @Override
    public String toString() {
        return "reading " + payload + " of " + device + " at QoS " + qos;
    }
}

package midge.runtime.task;

/** How well a {@link MqttLinkTask} works. TCP repeats and drops by itself, so only connections count. */
public final class MqttHealth implements LinkHealth {
    private final MqttLinkTask link;

    /** Looks at it whenever it is asked. */
    public MqttHealth(MqttLinkTask link) {
        this.link = link;
    }

    public int retries() {
        return link.connects() > 1 ? link.connects() - 1 : 0;
    }

    public int drops() {
        return 0;
    }
}

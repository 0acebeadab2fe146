package midge.sim.device;

/**
 * How a virtual device behaves on the network. Made with defaults for a demonstration on a bad radio, changed by its methods, then given to
 * devices, which do not change it; ranges are those of the classes that take the values.
 */
public final class DeviceOptions {
    String topicPrefix = "midge/";
    boolean cleanSession = true;
    int retryMs = 600;
    /** High enough for a radio that loses half of its frames. */
    int retries = 10;

    int waitMs = 2_000;
    int keepAliveS = 20;
    int backoffMsMax = 5_000;
    int outboxMessages = 32;
    int payloadOctets = 24;
    int frameOctetsMax = 1_400;
    int driftPpm;
    int flashOctets;

    /** Before the device's name in every topic; ends with a slash, or is empty. @return this */
    public DeviceOptions topicPrefix(String prefix) {
        topicPrefix = prefix;
        return this;
    }

    /** Whether each CONNECT begins a new session. @return this */
    public DeviceOptions cleanSession(boolean clean) {
        cleanSession = clean;
        return this;
    }

    /** T_retry, ms, and N_retry. @return this */
    public DeviceOptions retry(int ms, int times) {
        retryMs = ms;
        retries = times;
        return this;
    }

    /** How long a gateway that says "congestion", as it does while its broker is away, is left alone, ms. @return this */
    public DeviceOptions waitMs(int ms) {
        waitMs = ms;
        return this;
    }

    /** Keep alive, s. @return this */
    public DeviceOptions keepAliveS(int seconds) {
        keepAliveS = seconds;
        return this;
    }

    /** Keeps its messages on flash with two halves of this size, so that they outlive its power; 0: in RAM. @return this */
    public DeviceOptions flashOctets(int octets) {
        flashOctets = octets;
        return this;
    }

    /** Messages kept while there is no gateway. @return this */
    public DeviceOptions outboxMessages(int messages) {
        outboxMessages = messages;
        return this;
    }

    /** Largest frame, octets; the radio's mtu where that is smaller. @return this */
    public DeviceOptions frameOctetsMax(int octets) {
        frameOctetsMax = octets;
        return this;
    }

    /** Microseconds that its clock gains in a second. @return this */
    public DeviceOptions driftPpm(int ppm) {
        driftPpm = ppm;
        return this;
    }
}

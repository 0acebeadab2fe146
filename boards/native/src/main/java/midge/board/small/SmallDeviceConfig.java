package midge.board.small;

import midge.wire.Ranges;

/**
 * What a {@link SmallDevice} is called and how much it holds. The defaults are for 16 kB of RAM. Octet arrays are kept, not copied.
 */
public final class SmallDeviceConfig {
    final byte[] clientId;
    final byte[] readingTopic;
    final byte[] ledTopic;
    final byte[] commandTopic;
    int periodMs = 2_000;
    int qos = 1;
    int keepAliveS = 60;
    int retryMs = 10_000;
    int backlog = 4;

    /** @param prefix the topics are prefix/t, prefix/led (state, retained) and prefix/led/set (commands) */
    public SmallDeviceConfig(byte[] clientId, byte[] prefix) {
        this.clientId = clientId;
        readingTopic = join(prefix, new byte[] {'/', 't'});
        ledTopic = join(prefix, new byte[] {'/', 'l', 'e', 'd'});
        commandTopic = join(ledTopic, new byte[] {'/', 's', 'e', 't'});
    }

    /** Time between readings, ms. Default 2_000. Range 1..86_400_000. */
    public SmallDeviceConfig periodMs(int periodMs) {
        this.periodMs = Ranges.check("periodMs", periodMs, 1, 86_400_000);
        return this;
    }

    /** QoS of the readings, 0..2. Default 1. */
    public SmallDeviceConfig qos(int qos) {
        this.qos = Ranges.check("qos", qos, 0, 2);
        return this;
    }

    /** Keep alive, s. Default 60. Range 1..65_535. */
    public SmallDeviceConfig keepAliveS(int keepAliveS) {
        this.keepAliveS = Ranges.check("keepAliveS", keepAliveS, 1, 65_535);
        return this;
    }

    /** T_retry, ms. Default 10_000. Range 100..60_000. */
    public SmallDeviceConfig retryMs(int retryMs) {
        this.retryMs = Ranges.check("retryMs", retryMs, 100, 60_000);
        return this;
    }

    /** Readings kept while there is no connection. Default 4. Range 1..4_096. */
    public SmallDeviceConfig backlog(int backlog) {
        this.backlog = Ranges.check("backlog", backlog, 1, 4_096);
        return this;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = new byte[a.length + b.length];
        System.arraycopy(a, 0, joined, 0, a.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}

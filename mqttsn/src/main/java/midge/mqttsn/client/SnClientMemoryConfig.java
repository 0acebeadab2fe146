package midge.mqttsn.client;

/**
 * Where the memory of an {@link SnClient} goes, row by row, so that a size is a number to read before it is a problem. Sizes are those of a
 * 64-bit JVM with compressed pointers; a 32-bit runtime takes less.
 */
public final class SnClientMemoryConfig {
    private static final int ARRAY_HEADER = 16;
    /** The client, its procedures and the views that they read frames with; measured by a test. */
    private static final int OBJECTS = 664;

    private final String[] names = {
        "outbox", "topic table", "topic names", "waiting answers", "QoS 2 MsgIds", "will", "deadlines", "objects"
    };
    private final int[] octets;

    /** Works the rows out. */
    public SnClientMemoryConfig(SnClientConfig config) {
        int entries = config.topicEntries();
        octets = new int[] {
            array(config.outboxOctets(), 1),
            array(entries * Topics.ROW, 2),
            array(config.topicPoolOctets(), 1),
            array(config.replies() * Replies.SLOT, 1),
            array(2 * config.inboundIds(), 4),
            array(config.willTopicOctets(), 1) + array(config.willMessageOctets(), 1),
            array(Timers.COUNT, 8),
            OBJECTS,
        };
    }

    private static int array(int length, int elementOctets) {
        return (ARRAY_HEADER + length * elementOctets + 7) & ~7;
    }

    /** @return how many rows there are */
    public int rows() {
        return names.length;
    }

    /** @return what the memory of this row is for */
    public String name(int row) {
        return names[row];
    }

    /** @return octets of this row */
    public int octets(int row) {
        return octets[row];
    }

    /** @return octets of all rows */
    public int totalOctets() {
        int total = 0;
        for (int row = 0; row < octets.length; row++) {
            total += octets[row];
        }
        return total;
    }
}

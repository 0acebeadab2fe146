package midge.runtime.task;

import midge.topic.TopicName;
import midge.wire.Ascii;
import midge.wire.Ranges;
import midge.wire.Status;

/** The topics that a device publishes on, by number. Immutable; made by {@link Builder}. */
public final class PublishTopics {
    private final byte[][] names;
    private final boolean[] retained;

    private PublishTopics(byte[][] names, boolean[] retained, int count) {
        this.names = new byte[count][];
        this.retained = new boolean[count];
        System.arraycopy(names, 0, this.names, 0, count);
        System.arraycopy(retained, 0, this.retained, 0, count);
    }

    /** @return how many there are; their numbers are 0 to one below */
    public int count() {
        return names.length;
    }

    /** @return the name in UTF-8; shared, read only */
    public byte[] name(int topic) {
        return names[topic];
    }

    /** @return whether the broker keeps the last message for those who subscribe later */
    public boolean retained(int topic) {
        return retained[topic];
    }

    /** Collects the topics. */
    public static final class Builder {
        private final byte[][] names = new byte[ReadingSink.MAX_TOPICS][];
        private final boolean[] retained = new boolean[ReadingSink.MAX_TOPICS];
        private int count;

        /**
         * Adds a topic.
         *
         * @param name in UTF-8, without wildcards; kept, not copied
         * @return its number
         * @throws IllegalArgumentException when there are {@link ReadingSink#MAX_TOPICS} already, or the name is no topic name
         */
        public int add(byte[] name, boolean retained) {
            Ranges.check("topics", count + 1, 1, ReadingSink.MAX_TOPICS);
            if (TopicName.check(name, 0, name.length) != Status.OK) {
                throw new IllegalArgumentException("a topic to publish on has no wildcards and is not empty");
            }
            names[count] = name;
            this.retained[count] = retained;
            return count++;
        }

        /** Adds a topic given as printable ASCII. @return its number */
        public int add(String name, boolean retained) {
            return add(Ascii.bytes("topic", name), retained);
        }

        /** @return the list as it is now */
        public PublishTopics build() {
            return new PublishTopics(names, retained, count);
        }
    }
}

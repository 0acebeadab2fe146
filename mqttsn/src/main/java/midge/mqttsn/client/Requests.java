package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.topic.TopicFilter;
import midge.topic.TopicName;
import midge.wire.Bytes;
import midge.wire.Status;

/**
 * Judges what the application asks for and puts it into the outbox. Each method returns a token, or a negative status with nothing
 * queued; what {@link SnClient} says of a method holds here.
 */
final class Requests {
    private static final int PUBLISH_OVERHEAD = 7;
    private static final int REGISTER_OVERHEAD = 6;
    private static final int SUBSCRIBE_OVERHEAD = 5;
    private static final int WILL_OVERHEAD = 3;
    private static final int LONG_FORM_OVERHEAD = 2;
    private static final int SHORT_FORM_MAX = 255;
    private static final int SHORT_NAME = 2;
    private static final byte[] NOTHING = new byte[0];

    private Requests() {}

    static int publish(Core core, int topicId, int flags, byte[] data, int offset, int length) {
        int type = SnFlags.topicIdType(flags);
        if (type == SnFlags.TOPIC_RESERVED || !isReference(topicId, type)) {
            return Status.INVALID;
        }
        int topic = topicId;
        if (type == SnFlags.TOPIC_NORMAL) {
            if (SnFlags.qos(flags) == -1) {
                return Status.UNSUPPORTED;
            }
            topic = core.topics.findId(topicId, false);
            if (topic == Topics.NONE) {
                return Status.INVALID;
            }
            core.topics.mark(topic, Topics.OURS);
        }
        return publishTo(core, topic, publishFlags(flags) | type, data, offset, length);
    }

    /** A short name may be any two octets; an id has reserved values. */
    private static boolean isReference(int topicId, int type) {
        boolean inRange = topicId >= 0 && topicId <= 0xFFFF;
        return inRange && (type == SnFlags.TOPIC_SHORT || RegisterFlow.isId(topicId));
    }

    private static int publishFlags(int flags) {
        return flags & (SnFlags.QOS_MASK | SnFlags.RETAIN);
    }

    private static int publishTo(Core core, int topic, int flags, byte[] data, int offset, int length) {
        return add(core, Outbox.PUBLISH, flags, topic, data, offset, length, PUBLISH_OVERHEAD);
    }

    static int publish(Core core, byte[] name, int no, int nl, int anyFlags, byte[] data, int offset, int length) {
        if (TopicName.check(name, no, nl) != Status.OK) {
            return Status.INVALID;
        }
        int flags = publishFlags(anyFlags);
        int known = core.topics.findName(name, no, nl);
        if (known != Topics.NONE && core.topics.isMarked(known, Topics.PREDEFINED)) {
            return publishTo(core, core.topics.id(known), flags | SnFlags.TOPIC_PREDEFINED, data, offset, length);
        }
        if (nl == SHORT_NAME) {
            return publishTo(core, Bytes.u16(name, no), flags | SnFlags.TOPIC_SHORT, data, offset, length);
        }
        if (SnFlags.qos(flags) == -1) {
            return publishUnconnected(core, name, no, nl, flags, data, offset, length);
        }
        int status = judge(core, PUBLISH_OVERHEAD + length, length);
        if (status != Status.OK) {
            return status;
        }
        int entry = entry(core, name, no, nl);
        return entry < 0 ? entry : publishTo(core, entry, flags, data, offset, length);
    }

    private static int publishUnconnected(
            Core core, byte[] name, int no, int nl, int flags, byte[] data, int offset, int length) {
        if (!core.config.fullNames()) {
            return Status.UNSUPPORTED;
        }
        int status = judge(core, PUBLISH_OVERHEAD + nl + length, nl + length);
        return status != Status.OK
                ? status
                : core.outbox.add(Outbox.PUBLISH_NAMED, flags, nl, name, no, nl, data, offset, length);
    }

    static int register(Core core, byte[] name, int offset, int length) {
        if (TopicName.check(name, offset, length) != Status.OK) {
            return Status.INVALID;
        }
        int known = core.topics.findName(name, offset, length);
        if (known != Topics.NONE && core.topics.isMarked(known, Topics.PREDEFINED)) {
            return Status.INVALID;
        }
        int status = judge(core, 0, 0);
        int entry = status == Status.OK ? entry(core, name, offset, length) : status;
        return entry < 0 ? entry : add(core, Outbox.REGISTER, 0, entry, NOTHING, 0, 0, 0);
    }

    /** @return the name's entry in the topic table, made if need be; or a negative status */
    private static int entry(Core core, byte[] name, int offset, int length) {
        if (length > Topics.NAME_MAX || judge(core, REGISTER_OVERHEAD + length, 0) == Status.TOO_LARGE) {
            return Status.TOO_LARGE;
        }
        int entry = core.topics.findName(name, offset, length);
        if (entry == Topics.NONE) {
            entry = core.topics.add(name, offset, length, Topics.OURS);
        }
        if (entry == Topics.NONE) {
            return Status.BUSY;
        }
        core.topics.mark(entry, Topics.OURS);
        return entry;
    }

    /** @param kind {@link Outbox#SUBSCRIBE} or {@link Outbox#UNSUBSCRIBE} */
    static int subscription(Core core, int kind, byte[] filter, int offset, int length, int flags) {
        if (TopicFilter.check(filter, offset, length) != Status.OK || SnFlags.qos(flags) == -1) {
            return Status.INVALID;
        }
        int qos = flags & SnFlags.QOS_MASK;
        int known = core.topics.findName(filter, offset, length);
        if (known != Topics.NONE && core.topics.isMarked(known, Topics.PREDEFINED)) {
            return subscription(core, kind, core.topics.id(known), qos | SnFlags.TOPIC_PREDEFINED);
        }
        boolean wildcards = TopicName.check(filter, offset, length) != Status.OK;
        if (length == SHORT_NAME && !wildcards) {
            return subscription(core, kind, Bytes.u16(filter, offset), qos | SnFlags.TOPIC_SHORT);
        }
        int status = judge(core, SUBSCRIBE_OVERHEAD + length, length);
        if (status != Status.OK) {
            return status;
        }
        int entry = SubscribeFlow.NO_ENTRY;
        if (kind == Outbox.SUBSCRIBE && !wildcards) {
            entry = entry(core, filter, offset, length);
            if (entry < 0) {
                return entry;
            }
        }
        return add(core, kind, qos, entry, filter, offset, length, SUBSCRIBE_OVERHEAD);
    }

    /** @param kind {@link Outbox#SUBSCRIBE} or {@link Outbox#UNSUBSCRIBE} */
    static int subscription(Core core, int kind, int topicId, int flags) {
        int type = SnFlags.topicIdType(flags);
        boolean twoOctets = type == SnFlags.TOPIC_PREDEFINED || type == SnFlags.TOPIC_SHORT;
        if (!twoOctets || SnFlags.qos(flags) == -1 || !isReference(topicId, type)) {
            return Status.INVALID;
        }
        int status = judge(core, 0, 0);
        if (status != Status.OK) {
            return status;
        }
        if (kind == Outbox.SUBSCRIBE && type == SnFlags.TOPIC_PREDEFINED && !expect(core, topicId)) {
            return Status.BUSY;
        }
        return add(core, kind, flags & (SnFlags.QOS_MASK | SnFlags.TOPIC_MASK), topicId, NOTHING, 0, 0, 0);
    }

    /** Lets messages in with a pre-defined id that has no name here. */
    private static boolean expect(Core core, int predefinedId) {
        if (core.topics.findId(predefinedId, true) != Topics.NONE) {
            return true;
        }
        int entry = core.topics.add(NOTHING, 0, 0, Topics.PREDEFINED);
        if (entry == Topics.NONE) {
            return false;
        }
        core.topics.assign(entry, predefinedId);
        return true;
    }

    static int updateWillTopic(Core core, int flags, byte[] topic, int offset, int length) {
        boolean bad = length > 0 && TopicName.check(topic, offset, length) != Status.OK;
        if (bad || SnFlags.qos(flags) == -1) {
            return Status.INVALID;
        }
        if (!core.will.topicFits(length)) {
            return Status.TOO_LARGE;
        }
        return add(core, Outbox.WILL_TOPIC, publishFlags(flags), 0, topic, offset, length, WILL_OVERHEAD);
    }

    static int updateWillMessage(Core core, byte[] data, int offset, int length) {
        return core.will.messageFits(length)
                ? add(core, Outbox.WILL_MESSAGE, 0, 0, data, offset, length, WILL_OVERHEAD)
                : Status.TOO_LARGE;
    }

    /** @return {@link Status#OK}; {@code TOO_LARGE} or {@code BUSY} for a frame of this length and a payload in the outbox */
    private static int judge(Core core, int frameLength, int payload) {
        int longForm = frameLength > SHORT_FORM_MAX ? LONG_FORM_OVERHEAD : 0;
        return frameLength + longForm > core.config.frameOctetsMax() ? Status.TOO_LARGE : core.outbox.fits(payload);
    }

    private static int add(
            Core core, int kind, int flags, int topic, byte[] data, int offset, int length, int overhead) {
        int status = judge(core, overhead + length, length);
        return status != Status.OK ? status : core.outbox.add(kind, flags, topic, data, offset, length, NOTHING, 0, 0);
    }
}

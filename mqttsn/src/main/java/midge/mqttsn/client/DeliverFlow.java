package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/**
 * Messages for this client (§6.6, §6.10). At QoS 2 the application gets the message with the first PUBLISH; its MsgId is remembered
 * until PUBREL, so that repetitions are answered but not delivered again.
 *
 * <p>A link that repeats and reorders may bring a copy of the PUBLISH even after its PUBREL, where the specification sees a new message.
 * So a MsgId stays remembered for {@value #LATE_MS} ms more, for the same message only: gateways may use a MsgId again at once.
 */
final class DeliverFlow {
    /** How late after PUBREL a link may bring a copy of the PUBLISH. */
    private static final int LATE_MS = 1000;

    private static final int MSG_ID = 0xFFFF;
    /** PUBREL has not come yet. */
    private static final int OPEN = 0x10000;
    /** What is left of an int for a digest of topic id and data. */
    private static final int DIGEST_SHIFT = 17;

    private final Core core;
    private final SnPublish publish = new SnPublish();
    /** QoS 2 messages that were delivered: MsgId, whether open, digest; 0 is a free place. */
    private final int[] remembered;

    private int oldest;
    /** Until when copies may come after the PUBREL that came last; the low 32 bits are enough. */
    private int lateUntilMs;

    DeliverFlow(Core core) {
        this.core = core;
        remembered = new int[core.config.inboundIds()];
    }

    /** A clean session has no messages half-way. */
    void forgetAll() {
        for (int i = 0; i < remembered.length; i++) {
            remembered[i] = 0;
        }
    }

    int onPublish(byte[] frame, int offset, int length) {
        int status = publish.wrap(frame, offset, length);
        if (status != Status.OK) {
            return status;
        }
        if (publish.qos() == -1) {
            return core.ignore();
        }
        if (core.replies.isFull()) {
            core.counters.dropped++;
            return Status.BUSY;
        }
        int msgId = publish.qos() == 0 ? 0 : publish.msgId();
        int refusal = judgeTopic();
        if (refusal != SnReturnCode.ACCEPTED) {
            core.counters.unknownTopics++;
            core.replies.puback(publish.topicId(), msgId, refusal);
            return Status.OK;
        }
        boolean first = publish.qos() != 2 || remember(msgId);
        acknowledge(msgId);
        if (first) {
            deliver();
        } else {
            core.counters.duplicates++;
        }
        return Status.OK;
    }

    private int judgeTopic() {
        switch (publish.topicIdType()) {
            case SnFlags.TOPIC_SHORT:
                return SnReturnCode.ACCEPTED;
            case SnFlags.TOPIC_RESERVED:
                return SnReturnCode.NOT_SUPPORTED;
            default:
                return entry() == Topics.NONE ? SnReturnCode.INVALID_TOPIC_ID : SnReturnCode.ACCEPTED;
        }
    }

    private int entry() {
        int topicId = publish.topicId();
        boolean predefined = publish.topicIdType() == SnFlags.TOPIC_PREDEFINED;
        return RegisterFlow.isId(topicId) ? core.topics.findId(topicId, predefined) : Topics.NONE;
    }

    /** @return whether this message was not among the remembered ones. When all places are taken the one least needed makes room */
    private boolean remember(int msgId) {
        int digest = digest();
        int place = oldest;
        for (int k = 0; k < remembered.length; k++) {
            int i = (oldest + k) % remembered.length;
            boolean open = (remembered[i] & OPEN) != 0;
            if ((remembered[i] & MSG_ID) == msgId) {
                boolean same = remembered[i] >>> DIGEST_SHIFT == digest;
                if (open || (same && (int) core.nowMs - lateUntilMs < 0)) {
                    return false;
                }
                remembered[i] = 0;
            }
            boolean placeIsOpen = (remembered[place] & OPEN) != 0;
            if ((remembered[i] == 0 && remembered[place] != 0) || (!open && placeIsOpen)) {
                place = i;
            }
        }
        oldest = (place + 1) % remembered.length;
        remembered[place] = digest << DIGEST_SHIFT | OPEN | msgId;
        return true;
    }

    /** @return 15 bits that differ for almost any other topic id or data */
    private int digest() {
        byte[] octets = publish.buffer();
        int end = publish.dataOffset() + publish.dataLength();
        int digest = publish.topicId();
        for (int i = publish.dataOffset(); i < end; i++) {
            digest = 31 * digest + octets[i];
        }
        return (digest ^ digest >>> 15) & 0x7FFF;
    }

    private void acknowledge(int msgId) {
        if (publish.qos() == 1) {
            core.replies.puback(publish.topicId(), msgId, SnReturnCode.ACCEPTED);
        } else if (publish.qos() == 2) {
            core.replies.ack(SnType.PUBREC, msgId);
        }
    }

    private void deliver() {
        byte[] name;
        int nameAt;
        int nameLength;
        if (publish.topicIdType() == SnFlags.TOPIC_SHORT) {
            name = publish.buffer();
            nameAt = publish.topicIdOffset();
            // Some gateways send a name of one octet this way, with 0x00 behind it.
            nameLength = name[nameAt + 1] == 0 ? 1 : 2;
        } else {
            int entry = entry();
            name = core.topics.names();
            nameAt = core.topics.nameStart(entry);
            nameLength = core.topics.nameLength(entry);
        }
        core.listener.onMessage(
                publish.flags(),
                publish.topicId(),
                name,
                nameAt,
                nameLength,
                publish.buffer(),
                publish.dataOffset(),
                publish.dataLength(),
                core.nowMs);
    }

    /** Always answered: the gateway repeats PUBREL when our PUBCOMP was lost, and the MsgId may be forgotten by then. */
    int onPubrel(int msgId) {
        if (msgId == 0) {
            return core.ignore();
        }
        if (core.replies.isFull()) {
            core.counters.dropped++;
            return Status.BUSY;
        }
        for (int i = 0; i < remembered.length; i++) {
            if ((remembered[i] & (OPEN | MSG_ID)) == (OPEN | msgId)) {
                remembered[i] &= ~OPEN;
                lateUntilMs = (int) core.nowMs + LATE_MS;
            }
        }
        core.replies.ack(SnType.PUBCOMP, msgId);
        return Status.OK;
    }
}

package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/**
 * Messages for this client (§6.6, §6.10). At QoS 2 the application gets the message with the first PUBLISH; its MsgId is remembered
 * until PUBREL, so that repetitions are answered but not delivered again.
 */
final class DeliverFlow {
    private final Core core;
    private final SnPublish publish = new SnPublish();
    /** MsgIds between PUBREC and PUBREL; 0 is a free place. */
    private final char[] remembered;

    private int oldest;

    DeliverFlow(Core core) {
        this.core = core;
        remembered = new char[core.config.inboundIds()];
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

    /** @return whether this MsgId was not among the remembered ones. When all places are taken the oldest makes room */
    private boolean remember(int msgId) {
        for (int i = 0; i < remembered.length; i++) {
            if (remembered[i] == msgId) {
                return false;
            }
        }
        int place = oldest;
        for (int i = 0; i < remembered.length; i++) {
            if (remembered[i] == 0) {
                place = i;
            }
        }
        if (place == oldest) {
            oldest = (oldest + 1) % remembered.length;
        }
        remembered[place] = (char) msgId;
        return true;
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

    /** Always answered: the gateway repeats PUBREL when our PUBCOMP was lost, and the MsgId is forgotten by then. */
    int onPubrel(int msgId) {
        if (msgId == 0) {
            return core.ignore();
        }
        if (core.replies.isFull()) {
            core.counters.dropped++;
            return Status.BUSY;
        }
        for (int i = 0; i < remembered.length; i++) {
            if (remembered[i] == msgId) {
                remembered[i] = 0;
            }
        }
        core.replies.ack(SnType.PUBCOMP, msgId);
        return Status.OK;
    }
}

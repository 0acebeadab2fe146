package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/**
 * Messages for this client (§6.6, §6.10). At QoS 2 the application gets the message with the first PUBLISH; repetitions are answered but
 * not delivered again.
 */
final class DeliverFlow {
    private final Core core;
    private final SnPublish publish = new SnPublish();
    private final InboundIds ids;

    DeliverFlow(Core core) {
        this.core = core;
        ids = new InboundIds(core.config.inboundIds(), core.config.retryMs());
    }

    /** A clean session has no messages half-way. */
    void forgetAll() {
        ids.clear();
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
        if (publish.qos() == 2 && isRepeated(msgId)) {
            core.counters.duplicates++;
            return Status.OK;
        }
        int refusal = judgeTopic();
        if (refusal != SnReturnCode.ACCEPTED) {
            core.counters.unknownTopics++;
            core.replies.puback(publish.topicId(), msgId, refusal);
            return Status.OK;
        }
        if (publish.qos() == 2) {
            ids.open(msgId, publish.buffer(), publish.dataOffset(), publish.dataLength());
            core.replies.ack(SnType.PUBREC, msgId);
        } else if (publish.qos() == 1) {
            core.replies.puback(publish.topicId(), msgId, SnReturnCode.ACCEPTED);
        }
        deliver();
        return Status.OK;
    }

    /** Judged before the topic: a copy of what was accepted is a copy, even when a reconnect has made its topic id unknown. */
    private boolean isRepeated(int msgId) {
        int found = ids.judge(msgId, publish.buffer(), publish.dataOffset(), publish.dataLength(), core.nowMs);
        if (found == InboundIds.REPEATED) {
            core.replies.ack(SnType.PUBREC, msgId);
        }
        return found != InboundIds.NEW;
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
        ids.release(msgId, core.nowMs);
        core.replies.ack(SnType.PUBCOMP, msgId);
        return Status.OK;
    }
}

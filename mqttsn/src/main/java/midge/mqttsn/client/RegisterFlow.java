package midge.mqttsn.client;

import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnReturnCode;
import midge.topic.TopicName;
import midge.wire.Status;

/** Topic registration both ways (§6.5). The client registers for the head of the outbox: a publish or a request of its own. */
final class RegisterFlow {
    private static final int RESERVED_ID = 0xFFFF;

    private final Core core;
    private final SnRegister register = new SnRegister();

    RegisterFlow(Core core) {
        this.core = core;
    }

    static boolean isId(int topicId) {
        return topicId != 0 && topicId != RESERVED_ID;
    }

    void start() {
        core.exchange.start(Exchange.REGISTER, core.nextMsgId(), core.nowMs);
    }

    int encode(byte[] out, int at, int room) {
        Topics topics = core.topics;
        int entry = core.outbox.topic();
        int msgId = core.exchange.msgId();
        return SnRegister.encode(
                out, at, room, 0, msgId, topics.names(), topics.nameStart(entry), topics.nameLength(entry));
    }

    int onRegack(int topicId, int msgId, int code) {
        if (!core.exchange.awaits(Exchange.REGISTER, msgId)) {
            return core.ignore();
        }
        core.answered();
        int returnCode = code;
        if (returnCode == SnReturnCode.ACCEPTED && !isId(topicId)) {
            returnCode = SnReturnCode.INVALID_TOPIC_ID;
        }
        if (returnCode == SnReturnCode.CONGESTION) {
            core.congested();
        } else if (returnCode == SnReturnCode.ACCEPTED) {
            accepted(topicId);
        } else {
            refused(returnCode);
        }
        return Status.OK;
    }

    private void accepted(int topicId) {
        Outbox outbox = core.outbox;
        core.topics.assign(outbox.topic(), topicId);
        if (outbox.kind() == Outbox.REGISTER) {
            int token = outbox.token();
            outbox.pop();
            core.listener.onRegistered(token, topicId, SnReturnCode.ACCEPTED, core.nowMs);
        }
    }

    private void refused(int returnCode) {
        int token = core.outbox.token();
        boolean publish = core.outbox.kind() == Outbox.PUBLISH;
        core.outbox.pop();
        if (publish) {
            core.listener.onDelivered(token, returnCode, core.nowMs);
        } else {
            core.listener.onRegistered(token, 0, returnCode, core.nowMs);
        }
    }

    /** The gateway tells the id of a name that it is about to send with. */
    int onRegister(byte[] frame, int offset, int length) {
        int status = register.wrap(frame, offset, length);
        if (status != Status.OK) {
            return status;
        }
        if (core.replies.isFull()) {
            core.counters.dropped++;
            return Status.BUSY;
        }
        int returnCode = take();
        if (returnCode != SnReturnCode.ACCEPTED) {
            core.counters.refusedRegistrations++;
        }
        core.replies.regack(register.topicId(), register.msgId(), returnCode);
        return Status.OK;
    }

    private int take() {
        byte[] name = register.buffer();
        int at = register.nameOffset();
        int length = register.nameLength();
        if (!isId(register.topicId())) {
            return SnReturnCode.INVALID_TOPIC_ID;
        }
        if (length > Topics.NAME_MAX || TopicName.check(name, at, length) != Status.OK) {
            return SnReturnCode.NOT_SUPPORTED;
        }
        Topics topics = core.topics;
        int entry = topics.findGivenName(name, at, length);
        if (entry == Topics.NONE) {
            entry = topics.add(name, at, length, Topics.GIVEN);
        }
        if (entry == Topics.NONE) {
            return SnReturnCode.CONGESTION;
        }
        topics.mark(entry, Topics.GIVEN);
        topics.assign(entry, register.topicId());
        return SnReturnCode.ACCEPTED;
    }
}

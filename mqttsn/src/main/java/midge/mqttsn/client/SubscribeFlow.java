package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/** SUBSCRIBE and UNSUBSCRIBE from the outbox (§6.9), one at a time. */
final class SubscribeFlow {
    /** In place of a topic table entry: the filter has wildcards, so no id will come with SUBACK. */
    static final int NO_ENTRY = 0xFFFF;

    private final Core core;

    SubscribeFlow(Core core) {
        this.core = core;
    }

    void start() {
        Outbox outbox = core.outbox;
        if (outbox.msgId() == 0) {
            outbox.msgId(core.nextMsgId());
        }
        boolean subscribe = outbox.kind() == Outbox.SUBSCRIBE;
        core.exchange.start(subscribe ? Exchange.SUBSCRIBE : Exchange.UNSUBSCRIBE, outbox.msgId(), core.nowMs);
    }

    int encode(int kind, byte[] out, int at, int room) {
        Outbox outbox = core.outbox;
        int type = kind == Exchange.SUBSCRIBE ? SnType.SUBSCRIBE : SnType.UNSUBSCRIBE;
        int flags = outbox.flags();
        return byName()
                ? SnSubscribe.encode(
                        out, at, room, type, flags, outbox.msgId(), outbox.buffer(), Outbox.HEADER, outbox.length())
                : SnSubscribe.encode(out, at, room, type, flags, outbox.msgId(), outbox.topic());
    }

    private boolean byName() {
        return SnFlags.topicIdType(core.outbox.flags()) == SnFlags.TOPIC_NORMAL;
    }

    /** The link has taken a SUBSCRIBE; what is sent from now on is a repetition. */
    void sent() {
        core.outbox.flags(core.outbox.flags() | SnFlags.DUP);
    }

    int onSuback(int grantedQos, int topicId, int msgId, int returnCode) {
        if (!core.exchange.awaits(Exchange.SUBSCRIBE, msgId)) {
            return core.ignore();
        }
        core.answered();
        Outbox outbox = core.outbox;
        if (returnCode == SnReturnCode.CONGESTION) {
            outbox.msgId(0);
            outbox.flags(outbox.flags() & ~SnFlags.DUP);
            core.congested();
            return Status.OK;
        }
        if (returnCode == SnReturnCode.ACCEPTED) {
            accepted(outbox.topic(), topicId);
        }
        int token = outbox.token();
        outbox.pop();
        core.listener.onSubscribed(token, topicId, grantedQos, returnCode, core.nowMs);
        return Status.OK;
    }

    private void accepted(int entry, int topicId) {
        if (byName() && entry != NO_ENTRY && RegisterFlow.isId(topicId)) {
            core.topics.mark(entry, Topics.SUBSCRIBED);
            core.topics.assign(entry, topicId);
        }
    }

    int onUnsuback(int msgId) {
        if (!core.exchange.awaits(Exchange.UNSUBSCRIBE, msgId)) {
            return core.ignore();
        }
        core.answered();
        int token = core.outbox.token();
        core.outbox.pop();
        core.listener.onUnsubscribed(token, core.nowMs);
        return Status.OK;
    }
}

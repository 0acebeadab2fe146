package midge.mqttsn.client;

import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/** Publishing from the outbox, one message at a time (§6.6, §6.8). */
final class PublishFlow {
    private final Core core;
    private final RegisterFlow registering;

    PublishFlow(Core core, RegisterFlow registering) {
        this.core = core;
        this.registering = registering;
    }

    /** Begins with the head of the outbox, where a reconnect may have left it. */
    void start() {
        Outbox outbox = core.outbox;
        if (outbox.isMarked(Outbox.MARK_RELEASED)) {
            core.exchange.start(Exchange.PUBREL, outbox.msgId(), core.nowMs);
        } else if (byEntry() && core.topics.id(outbox.topic()) == 0) {
            registering.start();
        } else if (SnFlags.qos(outbox.flags()) <= 0) {
            core.exchange.start(Exchange.SEND, 0, core.nowMs);
        } else {
            if (outbox.msgId() == 0) {
                outbox.msgId(core.nextMsgId());
            }
            core.exchange.start(Exchange.PUBLISH, outbox.msgId(), core.nowMs);
        }
    }

    private boolean byEntry() {
        return core.outbox.kind() == Outbox.PUBLISH && SnFlags.topicIdType(core.outbox.flags()) == SnFlags.TOPIC_NORMAL;
    }

    int encode(int kind, byte[] out, int at, int room) {
        Outbox outbox = core.outbox;
        if (kind == Exchange.PUBREL) {
            return SnAck.encode(out, at, room, SnType.PUBREL, outbox.msgId());
        }
        byte[] octets = outbox.buffer();
        int length = outbox.length();
        if (outbox.kind() == Outbox.PUBLISH_NAMED) {
            boolean retain = (outbox.flags() & SnFlags.RETAIN) != 0;
            int name = outbox.topic();
            int data = Outbox.HEADER + name;
            return SnPublish.encodeNamed(
                    out, at, room, retain, octets, Outbox.HEADER, name, octets, data, length - name);
        }
        return SnPublish.encode(
                out, at, room, outbox.flags(), topicId(), outbox.msgId(), octets, Outbox.HEADER, length);
    }

    /** @return the id that the head of the outbox goes out with now */
    private int topicId() {
        return byEntry() ? core.topics.id(core.outbox.topic()) : core.outbox.topic();
    }

    /** The link has taken the frame. */
    void sent(int kind) {
        if (kind == Exchange.SEND) {
            core.exchange.finish();
            finish(SnReturnCode.ACCEPTED);
        } else if (kind == Exchange.PUBLISH) {
            core.outbox.flags(core.outbox.flags() | SnFlags.DUP);
        }
    }

    int onPuback(int topicId, int msgId, int returnCode) {
        if (msgId == 0) {
            return onUnacknowledgedRefused(topicId, returnCode);
        }
        if (!core.exchange.awaits(Exchange.PUBLISH, msgId)) {
            return core.ignore();
        }
        // A late copy of an earlier refusal has the id that the topic had then.
        if (returnCode != SnReturnCode.ACCEPTED && topicId != topicId()) {
            return core.ignore();
        }
        if (returnCode == SnReturnCode.ACCEPTED && SnFlags.qos(core.outbox.flags()) == 2) {
            return core.ignore();
        }
        core.answered();
        settle(returnCode);
        return Status.OK;
    }

    /** A QoS 0 message was refused. It is gone; what can be done is to do better with the next. */
    private int onUnacknowledgedRefused(int topicId, int returnCode) {
        if (returnCode == SnReturnCode.INVALID_TOPIC_ID) {
            core.counters.invalidTopicIds++;
            int entry = core.topics.findId(topicId, false);
            if (entry != Topics.NONE) {
                core.topics.forgetId(entry);
            }
        } else if (returnCode == SnReturnCode.CONGESTION) {
            core.congested();
        } else {
            return core.ignore();
        }
        return Status.OK;
    }

    private void settle(int returnCode) {
        if (returnCode == SnReturnCode.CONGESTION) {
            newAttempt();
            core.congested();
            return;
        }
        if (returnCode == SnReturnCode.INVALID_TOPIC_ID) {
            core.counters.invalidTopicIds++;
            if (byEntry()) {
                core.topics.forgetId(core.outbox.topic());
                if (!core.outbox.isMarked(Outbox.MARK_REREGISTERED)) {
                    core.outbox.mark(Outbox.MARK_REREGISTERED);
                    newAttempt();
                    return;
                }
            }
        }
        finish(returnCode);
    }

    /**
     * A refusal ends the exchange, so the next try is a new message with a MsgId of its own. Not so at QoS 2: the gateway may have
     * accepted an earlier copy whose PUBREC was lost, and only the same MsgId lets it see that.
     */
    private void newAttempt() {
        if (SnFlags.qos(core.outbox.flags()) == 2) {
            return;
        }
        core.outbox.msgId(0);
        core.outbox.flags(core.outbox.flags() & ~SnFlags.DUP);
    }

    int onPubrec(int msgId) {
        if (!core.exchange.awaits(Exchange.PUBLISH, msgId) || SnFlags.qos(core.outbox.flags()) != 2) {
            return core.ignore();
        }
        core.outbox.mark(Outbox.MARK_RELEASED);
        core.answered();
        core.exchange.start(Exchange.PUBREL, msgId, core.nowMs);
        return Status.OK;
    }

    int onPubcomp(int msgId) {
        if (!core.exchange.awaits(Exchange.PUBREL, msgId)) {
            return core.ignore();
        }
        core.answered();
        finish(SnReturnCode.ACCEPTED);
        return Status.OK;
    }

    private void finish(int returnCode) {
        int token = core.outbox.token();
        core.outbox.pop();
        core.listener.onDelivered(token, returnCode, core.nowMs);
    }
}

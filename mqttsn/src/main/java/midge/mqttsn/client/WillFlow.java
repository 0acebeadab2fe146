package midge.mqttsn.client;

import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.mqttsn.codec.SnWillMsg;
import midge.mqttsn.codec.SnWillTopic;
import midge.wire.Status;

/** Will updates of an open connection (§6.4). The gateway may refuse them; the old will then stays. */
final class WillFlow {
    private final Core core;

    WillFlow(Core core) {
        this.core = core;
    }

    void start() {
        boolean topic = core.outbox.kind() == Outbox.WILL_TOPIC;
        core.exchange.start(topic ? Exchange.WILL_TOPIC_UPDATE : Exchange.WILL_MESSAGE_UPDATE, 0, core.nowMs);
    }

    int encode(int kind, byte[] out, int at, int room) {
        Outbox outbox = core.outbox;
        byte[] octets = outbox.buffer();
        int length = outbox.length();
        return kind == Exchange.WILL_TOPIC_UPDATE
                ? SnWillTopic.encode(out, at, room, SnType.WILLTOPICUPD, outbox.flags(), octets, Outbox.HEADER, length)
                : SnWillMsg.encode(out, at, room, SnType.WILLMSGUPD, octets, Outbox.HEADER, length);
    }

    /** @param topic whether this answers WILLTOPICUPD */
    int onResponse(boolean topic, int returnCode) {
        if (core.exchange.kind() != (topic ? Exchange.WILL_TOPIC_UPDATE : Exchange.WILL_MESSAGE_UPDATE)) {
            return core.ignore();
        }
        core.answered();
        if (returnCode == SnReturnCode.CONGESTION) {
            core.congested();
            return Status.OK;
        }
        Outbox outbox = core.outbox;
        if (returnCode == SnReturnCode.ACCEPTED && topic) {
            core.will.setTopic(outbox.flags(), outbox.buffer(), Outbox.HEADER, outbox.length());
        } else if (returnCode == SnReturnCode.ACCEPTED) {
            core.will.setMessage(outbox.buffer(), Outbox.HEADER, outbox.length());
        }
        int token = outbox.token();
        outbox.pop();
        core.listener.onWillUpdated(token, returnCode, core.nowMs);
        return Status.OK;
    }
}

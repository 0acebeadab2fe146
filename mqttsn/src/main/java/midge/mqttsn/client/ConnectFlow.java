package midge.mqttsn.client;

import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.mqttsn.codec.SnWillMsg;
import midge.mqttsn.codec.SnWillTopic;
import midge.wire.Status;

/** Connection setup with and without a will (§6.2), and the return from sleep, which is a CONNECT without any flag. */
final class ConnectFlow {
    private final Core core;
    private int flags;
    private boolean resuming;
    private boolean refusedForCongestion;

    ConnectFlow(Core core) {
        this.core = core;
    }

    /** @return whether the gateway has asked for a pause that is not over */
    boolean mustWait() {
        return refusedForCongestion && core.timers.isRunning(Timers.WAIT);
    }

    void start(int flags, boolean resuming) {
        this.flags = flags;
        this.resuming = resuming;
        refusedForCongestion = false;
        core.timers.stop(Timers.KEEP_ALIVE);
        core.timers.stop(Timers.SLEEP);
        if (!resuming) {
            core.topics.forgetIds();
        }
        core.state = SnClient.CONNECTING;
        core.exchange.start(Exchange.CONNECT, 0, core.nowMs);
    }

    int encode(int kind, byte[] out, int at, int room) {
        if (kind == Exchange.CONNECT) {
            byte[] id = core.config.clientId();
            return SnConnect.encode(out, at, room, flags, core.config.keepAliveS(), id, 0, id.length);
        }
        return kind == Exchange.WILL_TOPIC
                ? SnWillTopic.encode(
                        out,
                        at,
                        room,
                        SnType.WILLTOPIC,
                        core.will.flags(),
                        core.will.topic(),
                        0,
                        core.will.topicLength())
                : SnWillMsg.encode(out, at, room, SnType.WILLMSG, core.will.message(), 0, core.will.messageLength());
    }

    int onWillTopicReq() {
        if ((flags & SnFlags.WILL) == 0) {
            return core.ignore();
        }
        return step(Exchange.CONNECT, Exchange.WILL_TOPIC);
    }

    /** Also after an empty WILLTOPIC: some gateways ask on, and get an empty message. */
    int onWillMsgReq() {
        return step(Exchange.WILL_TOPIC, Exchange.WILL_MESSAGE);
    }

    /** Goes from one stage to the next, or repeats the next one when the gateway asks for it again. */
    private int step(int from, int to) {
        int kind = core.exchange.kind();
        if (kind == from) {
            core.exchange.start(to, 0, core.nowMs);
        } else if (kind == to) {
            core.exchange.again(core.nowMs);
        } else {
            return core.ignore();
        }
        return Status.OK;
    }

    int onConnack(int returnCode) {
        int kind = core.exchange.kind();
        if (kind != Exchange.CONNECT && kind != Exchange.WILL_TOPIC && kind != Exchange.WILL_MESSAGE) {
            return core.ignore();
        }
        if (returnCode == SnReturnCode.ACCEPTED) {
            core.state = SnClient.ACTIVE;
            core.answered();
            core.listener.onConnected(resuming, core.nowMs);
            return Status.OK;
        }
        if (returnCode == SnReturnCode.CONGESTION) {
            refusedForCongestion = true;
            core.congested();
        }
        core.disconnected(SnClientListener.REFUSED, returnCode);
        return Status.OK;
    }
}

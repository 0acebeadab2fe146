package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnType;
import midge.wire.Bytes;
import midge.wire.Status;

/** All procedures of a client: which one a frame is for, which one is next, and which one writes. */
final class Procedures {
    final ConnectFlow connecting;
    final DeliverFlow delivering;
    final SleepFlow sleeping;

    private final Core core;
    private final WillFlow willUpdating;
    private final RegisterFlow registering;
    private final PublishFlow publishing;
    private final SubscribeFlow subscribing;

    Procedures(Core core) {
        this.core = core;
        connecting = new ConnectFlow(core);
        willUpdating = new WillFlow(core);
        registering = new RegisterFlow(core);
        publishing = new PublishFlow(core, registering);
        delivering = new DeliverFlow(core);
        subscribing = new SubscribeFlow(core);
        sleeping = new SleepFlow(core);
    }

    /** Takes in the frame that {@code core.message} lies on. */
    int onFrame(byte[] frame, int offset, int length) {
        SnMessage m = core.message;
        if (m.type() != SnType.PINGRESP && m.type() != SnType.DISCONNECT) {
            sleeping.heard();
        }
        switch (m.type()) {
            case SnType.CONNACK:
                return connecting.onConnack(m.returnCode());
            case SnType.WILLTOPICREQ:
                return connecting.onWillTopicReq();
            case SnType.WILLMSGREQ:
                return connecting.onWillMsgReq();
            case SnType.WILLTOPICRESP:
                return willUpdating.onResponse(true, m.returnCode());
            case SnType.WILLMSGRESP:
                return willUpdating.onResponse(false, m.returnCode());
            case SnType.REGISTER:
                return registering.onRegister(frame, offset, length);
            case SnType.REGACK:
                return registering.onRegack(m.topicId(), m.msgId(), m.returnCode());
            case SnType.PUBLISH:
                return delivering.onPublish(frame, offset, length);
            case SnType.PUBACK:
                return publishing.onPuback(m.topicId(), m.msgId(), m.returnCode());
            case SnType.PUBREC:
                return publishing.onPubrec(m.msgId());
            case SnType.PUBREL:
                return delivering.onPubrel(m.msgId());
            case SnType.PUBCOMP:
                return publishing.onPubcomp(m.msgId());
            case SnType.SUBACK:
                int qos = SnFlags.qos(Bytes.u8(frame, m.bodyOffset()));
                return subscribing.onSuback(qos, m.topicId(), m.msgId(), m.returnCode());
            case SnType.UNSUBACK:
                return subscribing.onUnsuback(m.msgId());
            case SnType.PINGREQ:
                return sleeping.onPingreq();
            case SnType.PINGRESP:
                return sleeping.onPingresp();
            case SnType.DISCONNECT:
                return sleeping.onDisconnect();
            default:
                return core.ignore();
        }
    }

    /** T_retry has passed. */
    void onRetry() {
        Exchange exchange = core.exchange;
        if (exchange.isDue() || exchange.resends() < core.config.retries()) {
            if (exchange.resend(core.nowMs)) {
                core.counters.retransmissions++;
            }
        } else if (exchange.kind() == Exchange.WAKE) {
            sleeping.notAnswered();
        } else if (exchange.kind() == Exchange.DISCONNECT) {
            core.disconnected(SnClientListener.REQUESTED, 0);
        } else {
            core.disconnected(SnClientListener.GATEWAY_LOST, 0);
        }
    }

    /** Starts the next exchange if none is in hand. */
    void settle() {
        if (!core.exchange.isFree()) {
            return;
        }
        if (core.state == SnClient.ACTIVE && core.timers.isDue(Timers.KEEP_ALIVE, core.nowMs)) {
            sleeping.ping();
        } else if (headMayGo()) {
            startHead();
        } else if (core.state == SnClient.ACTIVE && core.wish == Core.WISH_SLEEP) {
            sleeping.fallAsleep();
        } else if (core.state == SnClient.ACTIVE && core.wish == Core.WISH_DISCONNECT) {
            sleeping.disconnect();
        } else if (core.state == SnClient.ASLEEP && core.timers.isDue(Timers.SLEEP, core.nowMs)) {
            sleeping.wake();
        }
    }

    private boolean headMayGo() {
        if (core.outbox.isEmpty() || core.timers.isRunning(Timers.WAIT)) {
            return false;
        }
        int kind = core.outbox.kind();
        boolean publish = kind == Outbox.PUBLISH || kind == Outbox.PUBLISH_NAMED;
        return core.state == SnClient.ACTIVE || publish && SnFlags.qos(core.outbox.flags()) == -1;
    }

    private void startHead() {
        switch (core.outbox.kind()) {
            case Outbox.REGISTER:
                registering.start();
                break;
            case Outbox.SUBSCRIBE:
            case Outbox.UNSUBSCRIBE:
                subscribing.start();
                break;
            case Outbox.WILL_TOPIC:
            case Outbox.WILL_MESSAGE:
                willUpdating.start();
                break;
            default:
                publishing.start();
        }
    }

    /** @return octets written of the next frame, 0 when there is none, or {@link Status#TOO_SMALL} */
    int write(byte[] out, int at, int room) {
        if (!core.replies.isEmpty()) {
            return core.replies.poll(out, at, room);
        }
        int kind = core.exchange.kind();
        int length = core.exchange.isDue() ? encode(kind, out, at, room) : 0;
        if (length > 0) {
            core.exchange.sent();
            sent(kind);
        }
        return length;
    }

    private void sent(int kind) {
        if (kind == Exchange.SUBSCRIBE) {
            subscribing.sent();
        } else if (kind == Exchange.SEND || kind == Exchange.PUBLISH) {
            publishing.sent(kind);
            settle();
        }
    }

    private int encode(int kind, byte[] out, int at, int room) {
        switch (kind) {
            case Exchange.CONNECT:
            case Exchange.WILL_TOPIC:
            case Exchange.WILL_MESSAGE:
                return connecting.encode(kind, out, at, room);
            case Exchange.REGISTER:
                return registering.encode(out, at, room);
            case Exchange.SEND:
            case Exchange.PUBLISH:
            case Exchange.PUBREL:
                return publishing.encode(kind, out, at, room);
            case Exchange.SUBSCRIBE:
            case Exchange.UNSUBSCRIBE:
                return subscribing.encode(kind, out, at, room);
            case Exchange.WILL_TOPIC_UPDATE:
            case Exchange.WILL_MESSAGE_UPDATE:
                return willUpdating.encode(kind, out, at, room);
            default:
                return sleeping.encode(kind, out, at, room);
        }
    }
}

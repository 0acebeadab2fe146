package midge.board.exercise;

import midge.hal.link.DatagramLink;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnConnack;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegack;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSuback;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/**
 * Answers one client with just enough of MQTT-SN for the exercise: topic ids are the hash of the name, and every sixteenth reading is
 * answered with a command as well.
 */
final class TinyGateway {
    private static final int CAPACITY = 64;
    private static final int COMMAND_EVERY = 16;
    private static final byte[] TOGGLE = {'t', 'o', 'g', 'g', 'l', 'e'};

    private final DatagramLink link;
    private final byte[] frame = new byte[CAPACITY];
    private final byte[] answer = new byte[CAPACITY];
    private final SnMessage message = new SnMessage();
    private final SnPublish publish = new SnPublish();
    private final SnRegister register = new SnRegister();
    private final SnSubscribe subscribe = new SnSubscribe();
    private int commandTopic;
    private int published;
    private int nextMsgId;

    TinyGateway(DatagramLink link) {
        this.link = link;
    }

    int published() {
        return published;
    }

    /** Answers every frame that has come. A frame that the line has no room for is lost, as on a radio. */
    void turn() {
        for (int length = link.receive(frame, 0, CAPACITY); length > 0; length = link.receive(frame, 0, CAPACITY)) {
            if (message.wrap(frame, 0, length) == Status.OK) {
                onFrame(length);
            }
        }
    }

    private void onFrame(int length) {
        switch (message.type()) {
            case SnType.CONNECT -> send(SnConnack.encode(answer, 0, CAPACITY, SnType.CONNACK, 0));
            case SnType.REGISTER -> onRegister(register.wrap(frame, 0, length));
            case SnType.SUBSCRIBE -> onSubscribe(subscribe.wrap(frame, 0, length));
            case SnType.PUBLISH -> onPublish(publish.wrap(frame, 0, length));
            case SnType.PUBREL -> send(SnAck.encode(answer, 0, CAPACITY, SnType.PUBCOMP, message.msgId()));
            case SnType.PINGREQ -> send(SnPing.encodeResponse(answer, 0, CAPACITY));
            default -> {}
        }
    }

    private void onRegister(int status) {
        if (status == Status.OK) {
            int id = id(register.nameOffset(), register.nameLength());
            send(SnRegack.encode(answer, 0, CAPACITY, id, register.msgId(), 0));
        }
    }

    private void onSubscribe(int status) {
        if (status == Status.OK) {
            commandTopic = id(subscribe.topicOffset(), subscribe.topicLength());
            int qos = SnFlags.ofQos(subscribe.qos());
            send(SnSuback.encode(answer, 0, CAPACITY, qos, commandTopic, subscribe.msgId(), 0));
        }
    }

    private void onPublish(int status) {
        if (status != Status.OK) {
            return;
        }
        published++;
        if (publish.qos() == 2) {
            send(SnAck.encode(answer, 0, CAPACITY, SnType.PUBREC, publish.msgId()));
        } else {
            send(SnPuback.encode(answer, 0, CAPACITY, publish.topicId(), publish.msgId(), 0));
        }
        if (commandTopic != 0 && published % COMMAND_EVERY == 0) {
            nextMsgId = nextMsgId % 0xFFFF + 1;
            int flags = SnFlags.QOS_1;
            send(SnPublish.encode(answer, 0, CAPACITY, flags, commandTopic, nextMsgId, TOGGLE, 0, TOGGLE.length));
        }
    }

    private void send(int length) {
        if (length > 0) {
            link.send(DatagramLink.GATEWAY, answer, 0, length);
        }
    }

    /** {@return 1..0xFFFE, the same for the same name} */
    private int id(int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + frame[offset + i];
        }
        return (hash & 0x7FFF) + 1;
    }
}

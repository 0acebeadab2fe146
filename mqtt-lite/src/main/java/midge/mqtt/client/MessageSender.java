package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.VariableInteger;
import midge.wire.Bytes;

/**
 * Sends one queued message piece by piece: an optional new beginning (for a topic alias, or a PUBREL), then the slot from some octet
 * on, then the payload that the application gives.
 */
final class MessageSender {
    /** Room for the new beginning of a message without alias. */
    static final int BEGINNING = 8;

    private final OutboundWindow window;
    private final MqttClientListener listener;
    private final byte[] beginning;
    private int beginningLength;
    private int slotFrom;
    private int position;
    private int total;
    private OutboundMessage message;

    MessageSender(OutboundWindow window, MqttClientListener listener, boolean aliases) {
        this.window = window;
        this.listener = listener;
        beginning = new byte[aliases ? window.slotBytes + 16 : BEGINNING];
    }

    void reset() {
        message = null;
    }

    /** Goes on with {@code m}, or begins with it. @return octets put into {@code out}; negative when the application failed */
    int send(OutboundMessage m, byte[] out, int offset, int capacity) {
        if (message != m) {
            begin(m);
        }
        int n = 0;
        while (n < capacity && position < total) {
            int moved = piece(out, offset + n, capacity - n);
            if (moved <= 0) {
                return n > 0 ? n : moved;
            }
            position += moved;
            n += moved;
        }
        return n;
    }

    /** @return whether the message given to {@link #send} is out */
    boolean isDone() {
        return position == total;
    }

    private int piece(byte[] out, int offset, int capacity) {
        int fromSlot = message.length - slotFrom;
        if (position < beginningLength) {
            return copy(beginning, position, beginningLength - position, out, offset, capacity);
        }
        int at = position - beginningLength;
        if (at < fromSlot && !message.isReleased()) {
            return copy(window.arena, message.at + slotFrom + at, fromSlot - at, out, offset, capacity);
        }
        int wanted = total - position < capacity ? total - position : capacity;
        int given = listener.readPayload(message.packetId, at - fromSlot, out, offset, wanted);
        return given > wanted ? -1 : given;
    }

    private static int copy(byte[] from, int at, int available, byte[] out, int offset, int capacity) {
        int n = available < capacity ? available : capacity;
        System.arraycopy(from, at, out, offset, n);
        return n;
    }

    private void begin(OutboundMessage m) {
        message = m;
        position = 0;
        beginningLength = 0;
        slotFrom = 0;
        if (m.isReleased()) {
            beginningLength = MqttAck.encode(beginning, 0, beginning.length, MqttType.PUBREL, m.packetId);
            total = beginningLength;
            return;
        }
        if (m.started) {
            window.arena[m.at] |= MqttPublish.DUP;
        }
        if (m.alias != 0) {
            beginWithAlias(m);
        }
        total = beginningLength + m.length - slotFrom + m.pulledLength;
    }

    /** Writes everything up to the alias anew; what follows the properties' length is as in the slot. */
    private void beginWithAlias(OutboundMessage m) {
        byte[] arena = window.arena;
        int remaining = VariableInteger.read(arena, m.at + 1, 4);
        int topicAt = m.at + 1 + VariableInteger.size(remaining);
        int topicLength = Bytes.u16(arena, topicAt);
        int idAt = topicAt + 2 + topicLength;
        int propertiesAt = m.qos > 0 ? idAt + 2 : idAt;
        int properties = VariableInteger.read(arena, propertiesAt, 4);
        int topicSent = m.setsAlias ? topicLength : 0;
        int growth = 3 + VariableInteger.size(properties + 3) - VariableInteger.size(properties);

        beginning[0] = arena[m.at];
        int next = VariableInteger.write(beginning, 1, remaining - topicLength + topicSent + growth);
        Bytes.putU16(beginning, next, topicSent);
        System.arraycopy(arena, topicAt + 2, beginning, next + 2, topicSent);
        next += 2 + topicSent;
        if (m.qos > 0) {
            Bytes.putU16(beginning, next, m.packetId);
            next += 2;
        }
        next = VariableInteger.write(beginning, next, properties + 3);
        Bytes.putU8(beginning, next, Property.TOPIC_ALIAS);
        Bytes.putU16(beginning, next + 1, m.alias);
        beginningLength = next + 3;
        slotFrom = propertiesAt - m.at + VariableInteger.size(properties);
    }
}

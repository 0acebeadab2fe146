package midge.sim.live.page;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;

/** Listens to one device's frames for which topic id stands for which name. */
final class TopicNames {
    /** Of a device; more are not remembered, so that nobody can fill the memory. */
    private static final int NAMES_MAX = 256;

    private final SnMessage message = new SnMessage();
    private final SnRegister register = new SnRegister();
    private final SnSubscribe subscribe = new SnSubscribe();
    private final Map<Integer, String> asked = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /** A well-formed frame passed, either way. */
    void hear(byte[] frame, int offset, int length) {
        if (message.wrap(frame, offset, length) < 0) {
            return;
        }
        switch (message.type()) {
            case SnType.CONNECT -> asked.clear();
            case SnType.REGISTER -> onRegister(frame, offset, length);
            case SnType.SUBSCRIBE -> onSubscribe(frame, offset, length);
            case SnType.REGACK, SnType.SUBACK -> onAnswer();
            default -> {}
        }
    }

    private void onRegister(byte[] frame, int offset, int length) {
        if (register.wrap(frame, offset, length) >= 0) {
            String name = new String(frame, register.nameOffset(), register.nameLength(), StandardCharsets.UTF_8);
            put(
                    register.topicId() == 0 ? asked : names,
                    register.topicId() == 0 ? register.msgId() : register.topicId(),
                    name);
        }
    }

    private void onSubscribe(byte[] frame, int offset, int length) {
        if (subscribe.wrap(frame, offset, length) >= 0 && subscribe.topicIdType() == SnFlags.TOPIC_NORMAL) {
            String name = new String(frame, subscribe.topicOffset(), subscribe.topicLength(), StandardCharsets.UTF_8);
            put(asked, subscribe.msgId(), name);
        }
    }

    private void onAnswer() {
        String name = asked.remove(message.msgId());
        if (name != null && message.topicId() > 0) {
            put(names, message.topicId(), name);
        }
    }

    private static void put(Map<Integer, String> map, int key, String name) {
        if (map.size() < NAMES_MAX || map.containsKey(key)) {
            map.put(key, name);
        }
    }

    /** {@return the name, or the id in words} */
    String name(int topicId) {
        return names.getOrDefault(topicId, "topic id " + topicId);
    }
}

package midge.mqtt.client;

import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttFilterList;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.topic.TopicFilter;
import midge.wire.Status;

/** SUBSCRIBE and UNSUBSCRIBE and their answers (MQTT 5.0 §3.8 to §3.11). They end with the connection: they are no session state. */
final class RequestFlow {
    private final int version;
    private final MqttClientListener listener;
    private final TransmitQueue queue;
    private final ServerLimits limits;
    private final OutboundWindow window;
    private final int firstId;
    private final int stride;
    private final int[] ids;
    private final int[] types;
    private final int[] counts;
    private final int[] rounds;
    private final MqttSubscribe subscribe = new MqttSubscribe();
    private final MqttUnsubscribe unsubscribe = new MqttUnsubscribe();

    int strayPackets;

    RequestFlow(
            MqttClientConfig config,
            MqttClientListener listener,
            TransmitQueue queue,
            ServerLimits limits,
            OutboundWindow window) {
        version = config.version;
        this.listener = listener;
        this.queue = queue;
        this.limits = limits;
        this.window = window;
        firstId = config.window + 1;
        stride = config.window + config.requestsMax;
        ids = new int[config.requestsMax];
        types = new int[config.requestsMax];
        counts = new int[config.requestsMax];
        rounds = new int[config.requestsMax];
    }

    void clear() {
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 0;
        }
    }

    /** @param type SUBSCRIBE or UNSUBSCRIBE. @return the packet identifier, or a negative status; nothing is queued then */
    int request(
            int type, byte[] list, int offset, int length, byte[] properties, int propertiesAt, int propertiesLength) {
        int index = indexOf(0);
        if (index < 0) {
            return Status.BUSY;
        }
        if (propertiesLength > 0 && version < MqttVersion.V5) {
            return Status.UNSUPPORTED;
        }
        int id = nextId(index);
        int room = queue.room();
        int size = type == MqttType.SUBSCRIBE
                ? MqttSubscribe.encode(
                        queue.octets(),
                        queue.tail(),
                        room,
                        version,
                        id,
                        properties,
                        propertiesAt,
                        propertiesLength,
                        list,
                        offset,
                        length)
                : MqttUnsubscribe.encode(
                        queue.octets(),
                        queue.tail(),
                        room,
                        version,
                        id,
                        properties,
                        propertiesAt,
                        propertiesLength,
                        list,
                        offset,
                        length);
        if (size < 0) {
            return size == Status.TOO_SMALL && !queue.isEmpty() ? Status.BUSY : size;
        }
        int status = judge(type, size);
        if (status < 0) {
            return status;
        }
        queue.commit(size);
        ids[index] = id;
        types[index] = type;
        counts[index] = type == MqttType.SUBSCRIBE ? subscribe.count() : unsubscribe.count();
        return id;
    }

    /** Reads what was just encoded, as the server will. */
    private int judge(int type, int size) {
        MqttFilterList packet = type == MqttType.SUBSCRIBE ? subscribe : unsubscribe;
        int status = type == MqttType.SUBSCRIBE
                ? subscribe.wrap(queue.octets(), queue.tail(), size, version)
                : unsubscribe.wrap(queue.octets(), queue.tail(), size, version);
        if (status < 0) {
            return status;
        }
        if (size > limits.packetSizeMax) {
            return Status.TOO_LARGE;
        }
        if (!limits.subscriptionIds && packet.properties().contains(Property.SUBSCRIPTION_IDENTIFIER)) {
            return Status.UNSUPPORTED;
        }
        if (type == MqttType.SUBSCRIBE && !(limits.shared && limits.wildcards)) {
            return judgeFilters();
        }
        return Status.OK;
    }

    private int judgeFilters() {
        subscribe.rewind();
        while (subscribe.next()) {
            int at = subscribe.filterOffset();
            int length = subscribe.filterLength();
            boolean shared = TopicFilter.isShared(subscribe.buffer(), at, length);
            if (shared && !limits.shared) {
                return Status.UNSUPPORTED;
            }
            if (!limits.wildcards && TopicFilter.hasWildcard(subscribe.buffer(), at, length)) {
                return Status.UNSUPPORTED;
            }
        }
        return Status.OK;
    }

    private int nextId(int index) {
        int id;
        do {
            id = firstId + index + rounds[index] * stride;
            rounds[index] = id + stride > 0xFFFF ? 0 : rounds[index] + 1;
        } while (window.find(id) != null);
        return id;
    }

    private int indexOf(int id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onSuback(MqttSuback suback) {
        int index = indexOf(suback.packetId());
        if (index < 0) {
            strayPackets++;
            return Status.OK;
        }
        if (types[index] != MqttType.SUBSCRIBE) {
            return MqttError.UNEXPECTED_PACKET;
        }
        if (suback.count() != counts[index]) {
            return MqttError.CODE_COUNT;
        }
        ids[index] = 0;
        listener.onSubscribed(suback.packetId(), suback);
        return Status.OK;
    }

    /** @return {@link Status#OK} or an error that ends the connection */
    int onUnsuback(MqttUnsuback unsuback) {
        int index = indexOf(unsuback.packetId());
        if (index < 0) {
            strayPackets++;
            return Status.OK;
        }
        if (types[index] != MqttType.UNSUBSCRIBE) {
            return MqttError.UNEXPECTED_PACKET;
        }
        if (version >= MqttVersion.V5 && unsuback.count() != counts[index]) {
            return MqttError.CODE_COUNT;
        }
        ids[index] = 0;
        listener.onUnsubscribed(unsuback.packetId(), unsuback);
        return Status.OK;
    }
}
